package org.benchmarkresults.http.result;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.retention.ResultRemoval;

/** The write functions of deleting and restoring. */
public final class DeletionResponses {
  private DeletionResponses() {}

  public static Response deleted(ResultRemoval removal, DeleteOutcome outcome) {
    return switch (outcome) {
      case DeleteOutcome.Deleted deleted ->
          Response.json(
              200,
              new JsonObject()
                  .put("name", removal.resultName())
                  .put("result_name", removal.resultName())
                  .put("deleted_at", IsoTime.text(deleted.deletedAt()))
                  .put(
                      "restorable_until",
                      Optional.ofNullable(deleted.restorableUntil())
                          .map(IsoTime::text)
                          .orElse(null))
                  .toBuffer());
      case DeleteOutcome.NotThere none -> throw new ProblemException(Problem.resultNotFound());
      case DeleteOutcome.OtherVersion other ->
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

  public static Response restored(RestoreOutcome outcome) {
    return switch (outcome) {
      case RestoreOutcome.Restored restored -> VersionRestoreResponses.newest(restored.summary());
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
}
