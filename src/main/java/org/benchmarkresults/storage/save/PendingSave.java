package org.benchmarkresults.storage.save;

import java.util.concurrent.TimeUnit;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.storage.document.Generation;
import org.benchmarkresults.storage.mongo.Contention;

/**
 * A result that is being saved, with its data where it will stand.
 *
 * @param own what this save has written so far, as far as it knows
 * @param stampedAt when it was received, as {@link System#nanoTime} has it
 * @param attempts how often it may still be tried
 */
public record PendingSave(
    OwnWrites own, Result result, StoredData data, long stampedAt, int attempts) {
  /** Shorter delays do not change {@code received_at}. */
  private static final long NEGLIGIBLE_DELAY_MILLIS = 1_000;

  static PendingSave now(Result result, StoredData data) {
    return new PendingSave(
        new OwnWrites(), result, data, System.nanoTime(), Contention.MOST_ATTEMPTS);
  }

  PendingSave again() {
    return new PendingSave(own, result, data, stampedAt, attempts - 1);
  }

  PendingSave at(StoredData where) {
    return new PendingSave(own, result, where, stampedAt, attempts);
  }

  PendingSave delayedBy(long millis) {
    return new PendingSave(
        own,
        result.delayedBy(millis),
        data,
        stampedAt + TimeUnit.MILLISECONDS.toNanos(millis),
        attempts);
  }

  /**
   * The same as of now. Listeners who missed something look for what was received a while before;
   * so nothing may be written long after it says that it was received.
   */
  PendingSave restamped() {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stampedAt);
    return millis < NEGLIGIBLE_DELAY_MILLIS ? this : delayedBy(millis);
  }

  /** The generation that a first version begins. */
  Generation begun() {
    return Generation.begun(own.life(), result.receivedAt());
  }

  String resultName() {
    return result.envelope().key().resultName();
  }
}
