package org.benchmarkresults.model.search;

/**
 * The number of results that match a filter.
 *
 * @param exact false when there may be more: counting stops at a bound
 */
public record ResultCount(long count, boolean exact) {
  /** The result of a count that stopped at the bound plus one. */
  public static ResultCount upTo(long counted, long bound) {
    return new ResultCount(Math.min(counted, bound), counted <= bound);
  }
}
