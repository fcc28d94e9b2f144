package org.benchmarkresults.http.result;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.ResultRemoval;

/** Responses to the deletion of a result. */
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
          throw new ProblemException(Problem.otherVersion(other.version(), other.digest()));
    };
  }
}
