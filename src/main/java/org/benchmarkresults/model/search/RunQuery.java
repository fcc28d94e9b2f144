package org.benchmarkresults.model.search;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the results of one run, of both stages, in the order of their names.
 *
 * @param after the last result name of the page before; null for the first
 * @param limit the most names wanted; a page may end earlier and still have a next one
 * @param withData whether rows carry where their data is
 * @param benchmarkPrefix only results whose benchmark name begins so are meant; empty for all
 */
public record RunQuery(
    String runId, @Nullable String after, int limit, boolean withData, String benchmarkPrefix) {
  public RunQuery {
    // Messages of earlier releases have none.
    benchmarkPrefix = Objects.requireNonNullElse(benchmarkPrefix, "");
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }

  /** For results of all benchmarks. */
  public RunQuery(String runId, @Nullable String after, int limit, boolean withData) {
    this(runId, after, limit, withData, "");
  }
}
