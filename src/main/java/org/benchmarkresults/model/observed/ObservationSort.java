package org.benchmarkresults.model.observed;

/**
 * The order of a list of observations. Equal rows stand in the order of their ids, in reverse when
 * the order is ascending; models first newest first, in reverse when the order is descending. Rows
 * without instant or model stand last.
 */
public record ObservationSort(Key key, boolean descending) {
  /** The default. */
  public static final ObservationSort NEWEST_FIRST = new ObservationSort(Key.INSTANT, true);

  /** By result, and within it as in the file. */
  public static final ObservationSort AS_IN_FILES = new ObservationSort(Key.RESULT, false);

  /** The sort keys of observations. */
  public enum Key {
    INSTANT,
    VALUE,
    MODEL,
    RESULT
  }
}
