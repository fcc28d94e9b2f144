package org.benchmarkresults.model.operation;

import java.util.List;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a dry run.
 *
 * @param operation null when finding its results would take too long
 * @param token that starts it
 * @param sample the first results of the set
 */
public record BulkPlan(@Nullable BulkOperation operation, String token, List<Row> sample) {
  public BulkPlan {
    sample = List.copyOf(sample);
  }

  /** The reply when finding the results would take too long. */
  public static BulkPlan tooCostly() {
    return new BulkPlan(null, "", List.of());
  }
}
