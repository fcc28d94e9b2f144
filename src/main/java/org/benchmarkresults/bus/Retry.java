package org.benchmarkresults.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Retries operations that fail with {@link Unavailable}, for a limited time, so that saves survive
 * a database that restarts or elects a primary. Thread-safe.
 */
public final class Retry {
  private static final long PAUSE_MILLIS = 250;

  private final Vertx vertx;
  private final Duration timeout;
  private final BooleanSupplier isCancelled;
  private final AtomicInteger pending = new AtomicInteger();

  /**
   * @param timeout how long an operation is retried after its start; zero for no retry
   */
  public Retry(Vertx vertx, Duration timeout) {
    this(vertx, timeout, () -> false);
  }

  /**
   * @param timeout how long an operation is retried after its start; zero for no retry
   * @param isCancelled whether retries have ended early
   */
  public Retry(Vertx vertx, Duration timeout, BooleanSupplier isCancelled) {
    this.vertx = vertx;
    this.timeout = timeout;
    this.isCancelled = isCancelled;
  }

  /** Operations that wait for their next attempt. */
  public int pending() {
    return pending.get();
  }

  /** Retries an operation that starts now. */
  public <T> Future<T> whileUnavailable(Supplier<Future<T>> attempt) {
    return whileUnavailable(System.nanoTime(), attempt);
  }

  /**
   * Succeeds with the first successful attempt; fails with the last {@link Unavailable} when the
   * time is over, and at once with any other failure.
   *
   * @param startNanos the start of the operation, by {@link System#nanoTime}
   */
  public <T> Future<T> whileUnavailable(long startNanos, Supplier<Future<T>> attempt) {
    return attempt
        .get()
        .recover(
            failure ->
                failure instanceof Unavailable && isInTime(startNanos)
                    ? pause().compose(paused -> whileUnavailable(startNanos, attempt))
                    : Future.failedFuture(failure));
  }

  private boolean isInTime(long startNanos) {
    long next = System.nanoTime() - startNanos + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
    return next <= timeout.toNanos() && !isCancelled.getAsBoolean();
  }

  private Future<Void> pause() {
    pending.incrementAndGet();
    return vertx
        .timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .onComplete(paused -> pending.decrementAndGet());
  }
}
