package org.benchmarkresults.standardize.verticle;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Leaves the processors to saves: while saves arrive, some work is followed by a rest of a multiple
 * of its duration; otherwise there is no rest. Confined to one thread.
 */
final class DutyCycle {
  /** Saves that follow each other this closely are a load. */
  static final Duration QUIET = Duration.ofMillis(250);

  /** Work takes a twentieth of the time under load. */
  static final int REST_FACTOR = 19;

  private final LongSupplier nanoTime;
  private boolean isLoaded;
  private long lastSave;
  private long restsUntil;

  /**
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  DutyCycle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    restsUntil = nanoTime.getAsLong();
  }

  /** A save has arrived. */
  void saved() {
    isLoaded = true;
    lastSave = nanoTime.getAsLong();
  }

  /** Whether saves arrive. */
  boolean isLoaded() {
    if (isLoaded && nanoTime.getAsLong() - lastSave > QUIET.toNanos()) {
      isLoaded = false;
    }
    return isLoaded;
  }

  /** Some work has just ended. */
  void worked(Duration time) {
    restsUntil = nanoTime.getAsLong() + REST_FACTOR * time.toNanos();
  }

  /**
   * How long to wait until work may be possible: zero when it is now. The load may end before a
   * rest does, so that a wait is never longer than {@link #QUIET}.
   */
  Duration pause() {
    long rest = restsUntil - nanoTime.getAsLong();
    return rest <= 0 || !isLoaded()
        ? Duration.ZERO
        : Duration.ofNanos(Math.min(rest, QUIET.toNanos()));
  }
}
