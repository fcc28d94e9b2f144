package org.benchmarkresults.http;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.ResultSummary;
import org.benchmarkresults.model.VersionRestore;
import org.benchmarkresults.model.VersionRestoreOutcome;

/** What is answered to the wish to make an earlier version the newest again. */
final class VersionRestoreReplies {
  private VersionRestoreReplies() {}

  static Reply of(VersionRestore asked, VersionRestoreOutcome outcome) {
    return switch (outcome) {
      case VersionRestoreOutcome.Written written -> newest(written.summary());
      case VersionRestoreOutcome.AlreadyNewest already -> newest(already.summary());
      case VersionRestoreOutcome.NoSuchVersion none ->
          throw new ProblemException(
              Problem.of(
                  404, "version-not-found", "Not found",
                  "There is no version " + asked.version() + " of a result of this name."));
      case VersionRestoreOutcome.OtherNewest other ->
          throw new ProblemException(
              Problem.of(
                  412, "other-version", "Precondition failed",
                  "Version " + other.version() + " is there (data " + other.digest().text()
                      + "), which If-Match does not name."));
    };
  }

  /** What is the newest version now. */
  static Reply newest(ResultSummary summary) {
    Map<String, String> headers = Reply.headers("application/json");
    headers.put("ETag", EntityTags.ofResult(summary));
    return new Reply.Whole(
        200, headers, Buffer.buffer(ResultJson.rows(List.of(summary)).get(0)));
  }
}
