package org.benchmarkresults.model.observation;

import org.jspecify.annotations.Nullable;

/**
 * Requests the names of the tasks or metrics of all observations, in code point order.
 *
 * @param prefix of the names; empty for all
 * @param after the last name of the previous page; null for the first page
 * @param limit the most names, at least 1
 */
public record ObservedValueQuery(Member member, String prefix, @Nullable String after, int limit) {
  public ObservedValueQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }

  /** A member of observations whose values are listed. */
  public enum Member {
    TASK,
    METRIC
  }
}
