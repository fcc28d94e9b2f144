package org.benchmarkresults.model;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the results of one run, of both stages, in the order of their names.
 *
 * @param after the last result name of the page before; null for the first
 * @param limit the most names wanted; a page may end earlier and still have a next one
 * @param withData whether rows carry where their data is
 */
public record RunQuery(String runId, @Nullable String after, int limit, boolean withData) {
  public RunQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }
}
