package org.benchmarkresults.model.search;

/**
 * The order of a list.
 *
 * <p>Equal benchmark names and models stand newest received first (oldest first when descending),
 * then by name, so that every order is total. A missing value is the least.
 */
public record Sort(Key key, boolean descending) {
  /** The default. */
  public static final Sort NEWEST_FIRST = new Sort(Key.RECEIVED_AT, true);

  /** The sort keys of lists. */
  public enum Key {
    /** When the first version was received. */
    RECEIVED_AT,
    /** The moment that the timestamp means. */
    TIMESTAMP,
    BENCHMARK_NAME,
    MODEL_ID
  }
}
