package org.benchmarkresults.http.result;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.json.ResultJson;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.version.VersionRestore;
import org.benchmarkresults.model.version.VersionRestoreOutcome;

/** Responses to the restoration of a deleted result and of an earlier version. */
final class RestoreResponses {
  private RestoreResponses() {}

  static Response of(RestoreOutcome outcome) {
    return switch (outcome) {
      case RestoreOutcome.Restored restored -> newest(restored.summary());
      case RestoreOutcome.NothingDeleted none ->
          throw new ProblemException(
              Problem.of(404, "nothing-deleted", "Not found", "No deleted result has this name."));
      case RestoreOutcome.NameInUse inUse ->
          throw new ProblemException(
              Problem.of(
                  409,
                  "name-in-use",
                  "Name in use",
                  inUse.version() == null
                      ? "Another result was stored under this name since the deletion."
                      : "Another result was stored under this name since the deletion, now in version "
                          + inUse.version()
                          + "; delete it first."));
    };
  }

  static Response of(VersionRestore restore, VersionRestoreOutcome outcome) {
    return switch (outcome) {
      case VersionRestoreOutcome.Written written -> newest(written.summary());
      case VersionRestoreOutcome.AlreadyNewest already -> newest(already.summary());
      case VersionRestoreOutcome.NoSuchVersion none ->
          throw new ProblemException(
              Problem.of(
                  404,
                  "version-not-found",
                  "Not found",
                  "There is no version " + restore.version() + " of this result."));
      case VersionRestoreOutcome.OtherNewest other ->
          throw new ProblemException(Problem.otherVersion(other.version(), other.digest()));
    };
  }

  /** The version that is the newest now. */
  private static Response newest(ResultSummary summary) {
    Map<String, String> headers = Response.headers("application/json");
    headers.put("ETag", EntityTags.ofResult(summary));
    return new Response.Whole(
        200, headers, Buffer.buffer(ResultJson.rows(List.of(summary)).get(0)));
  }
}
