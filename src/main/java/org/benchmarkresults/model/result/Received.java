package org.benchmarkresults.model.result;

import java.time.Duration;

/**
 * A message with a time of receipt, whose processing can be delayed. Readers of recent results rely
 * on the bound of {@link #LONGEST_WAIT} between receipt and storage.
 */
public interface Received {
  /** A write that is queued for longer is rejected. */
  Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** The number of sequential database operations that make a new version. */
  int MOST_OPERATIONS = 3;

  /** Bytes of result data in this message. */
  long dataBytes();

  /** The same message with its receipt moved by a delay. */
  Received delayedBy(long millis);

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
