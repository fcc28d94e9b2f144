package org.benchmarkresults.backend;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something to come true, with an end to it. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /**
   * Comes back when the condition holds.
   *
   * @param otherwise what to say when it does not come true
   */
  public static void until(BooleanSupplier condition, Supplier<String> otherwise) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail(otherwise);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
