package org.benchmarkresults.http.result;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.json.ResultJson;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.version.VersionRestore;
import org.benchmarkresults.model.version.VersionRestoreOutcome;

/** What is answered to the wish to make an earlier version the newest again. */
public final class VersionRestoreResponses {
  private VersionRestoreResponses() {}

  public static Response of(VersionRestore asked, VersionRestoreOutcome outcome) {
    return switch (outcome) {
      case VersionRestoreOutcome.Written written -> newest(written.summary());
      case VersionRestoreOutcome.AlreadyNewest already -> newest(already.summary());
      case VersionRestoreOutcome.NoSuchVersion none ->
          throw new ProblemException(
              Problem.of(
                  404,
                  "version-not-found",
                  "Not found",
                  "There is no version " + asked.version() + " of this result."));
      case VersionRestoreOutcome.OtherNewest other ->
          throw new ProblemException(
              Problem.of(
                  412,
                  "other-version",
                  "Precondition failed",
                  "Version "
                      + other.version()
                      + " is the newest (data "
                      + other.digest().text()
                      + "), and If-Match does not name it."));
    };
  }

  /** What is the newest version now. */
  static Response newest(ResultSummary summary) {
    Map<String, String> headers = Response.headers("application/json");
    headers.put("ETag", EntityTags.ofResult(summary));
    return new Response.Whole(
        200, headers, Buffer.buffer(ResultJson.rows(List.of(summary)).get(0)));
  }
}
