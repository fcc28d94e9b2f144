package org.benchmarkresults.model.result;

import java.time.Duration;

/**
 * What says when it was received, and can be held up before it is dealt with. Whoever looks for
 * what was stored of late counts on it that nothing is stored long after it says that it was
 * received.
 */
public interface Received {
  /** A write that is queued for longer is rejected. */
  Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** As many operations of the database are one after the other in making a new version. */
  int MOST_OPERATIONS = 3;

  /** How many bytes of results' data it carries. */
  long dataBytes();

  /** The same, received so much later. */
  Received heldUp(long millis);

  /**
   * How long after it says that it was received something is stored at most, by one clock.
   *
   * @param operation how long an operation of the database may take
   */
  static Duration storedWithin(Duration operation) {
    Duration inserting = LONGEST_WAIT.plus(operation);
    Duration replacing = operation.multipliedBy(MOST_OPERATIONS);
    return inserting.compareTo(replacing) > 0 ? inserting : replacing;
  }
}
