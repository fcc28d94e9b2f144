package org.benchmarkresults.model.search;

import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the results that a filter means.
 *
 * @param deleted whether to look among deleted results instead
 * @param after where the page before ended; null for the first
 * @param limit the most rows wanted; a page may end earlier and still have a next one
 * @param withData whether rows carry where their data is
 * @param allVersions whether each version of a result is a row of its own, not the newest alone
 */
public record Search(
    Stage stage,
    boolean deleted,
    Filter filter,
    Sort sort,
    @Nullable PageKey after,
    int limit,
    boolean withData,
    boolean allVersions) {
  public Search {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }

  /** A search of the newest versions. */
  public Search(
      Stage stage,
      boolean deleted,
      Filter filter,
      Sort sort,
      @Nullable PageKey after,
      int limit,
      boolean withData) {
    this(stage, deleted, filter, sort, after, limit, withData, false);
  }

  public Search from(@Nullable PageKey key, int most) {
    return new Search(stage, deleted, filter, sort, key, most, withData, allVersions);
  }
}
