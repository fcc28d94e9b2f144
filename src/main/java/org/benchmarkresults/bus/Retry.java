package org.benchmarkresults.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Repeats what is {@link Unavailable}, for a limited time. A save waits in this way for a database
 * that restarts or elects a primary: clients without a retry of their own lose nothing.
 * Thread-safe.
 */
public final class Retry {
  private static final long PAUSE_MILLIS = 250;

  private final Vertx vertx;
  private final Duration timeout;
  private final BooleanSupplier isGivenUp;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param timeout how long after its begin something is repeated; zero for not at all
   */
  public Retry(Vertx vertx, Duration timeout) {
    this(vertx, timeout, () -> false);
  }

  /**
   * @param timeout how long after its begin something is repeated; zero for not at all
   * @param isGivenUp whether nothing is repeated any more
   */
  public Retry(Vertx vertx, Duration timeout, BooleanSupplier isGivenUp) {
    this.vertx = vertx;
    this.timeout = timeout;
    this.isGivenUp = isGivenUp;
  }

  /** How many wait for their next attempt. */
  public int waiting() {
    return waiting.get();
  }

  /** The same, of what begins now. */
  public <T> Future<T> whileUnavailable(Supplier<Future<T>> attempt) {
    return whileUnavailable(System.nanoTime(), attempt);
  }

  /**
   * Succeeds with the first attempt that does; fails with {@link Unavailable} of the last one when
   * the time is over, and at once with any other failure.
   *
   * @param begunAt when it began, as {@link System#nanoTime} has it
   */
  public <T> Future<T> whileUnavailable(long begunAt, Supplier<Future<T>> attempt) {
    return attempt
        .get()
        .recover(
            failure ->
                failure instanceof Unavailable && isInTime(begunAt)
                    ? pause().compose(paused -> whileUnavailable(begunAt, attempt))
                    : Future.failedFuture(failure));
  }

  private boolean isInTime(long begunAt) {
    long next = System.nanoTime() - begunAt + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
    return next <= timeout.toNanos() && !isGivenUp.getAsBoolean();
  }

  private Future<Void> pause() {
    waiting.incrementAndGet();
    return vertx
        .timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .onComplete(paused -> waiting.decrementAndGet());
  }
}
