package org.benchmarkresults.storage.save;

import java.util.concurrent.TimeUnit;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.storage.document.Lineage;
import org.benchmarkresults.storage.mongo.Contention;

/**
 * A result that is being saved, with its data where it will stand.
 *
 * @param own what this save has written so far, as far as it knows
 * @param stampedAt when it was received, as {@link System#nanoTime} has it
 * @param attempts how often it may still be tried
 */
public record Arrival(OwnWrites own, Result result, StoredData data, long stampedAt, int attempts) {
  /** What is held up for less is as good as received just now. */
  private static final long UNNOTICED_MILLIS = 1_000;

  static Arrival now(Result result, StoredData data) {
    return new Arrival(new OwnWrites(), result, data, System.nanoTime(), Contention.MOST_ATTEMPTS);
  }

  Arrival again() {
    return new Arrival(own, result, data, stampedAt, attempts - 1);
  }

  Arrival at(StoredData where) {
    return new Arrival(own, result, where, stampedAt, attempts);
  }

  Arrival heldUp(long millis) {
    return new Arrival(
        own,
        result.heldUp(millis),
        data,
        stampedAt + TimeUnit.MILLISECONDS.toNanos(millis),
        attempts);
  }

  /**
   * The same as of now. Listeners who missed something look for what was received a while before;
   * so nothing may be written long after it says that it was received.
   */
  Arrival upToDate() {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stampedAt);
    return millis < UNNOTICED_MILLIS ? this : heldUp(millis);
  }

  /** How the document of a first version begins. */
  Lineage begun() {
    return Lineage.begun(own.life(), result.receivedAt());
  }

  String resultName() {
    return result.envelope().key().resultName();
  }
}
