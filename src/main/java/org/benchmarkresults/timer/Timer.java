package org.benchmarkresults.timer;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * A running timer. It fires on the context that started it, and ends with the verticle of that
 * context. It can be cancelled at any time, from any thread and more than once.
 */
public final class Timer {
  private final Vertx vertx;
  private final long id;

  private Timer(Vertx vertx, long id) {
    this.vertx = vertx;
    this.id = id;
  }

  /**
   * Runs a task once.
   *
   * @param delay rounded up to a millisecond
   */
  public static Timer once(Vertx vertx, Duration delay, Runnable task) {
    return new Timer(vertx, vertx.setTimer(millis(delay), fired -> task.run()));
  }

  /**
   * Runs a task periodically, the first time after one period.
   *
   * @param period rounded up to a millisecond
   */
  public static Timer periodic(Vertx vertx, Duration period, Runnable task) {
    return new Timer(vertx, vertx.setPeriodic(millis(period), fired -> task.run()));
  }

  /** Has no effect on a timer that has ended. */
  public void cancel() {
    // Vert.x never reuses an id, so this cannot cancel another timer.
    vertx.cancelTimer(id);
  }

  private static long millis(Duration duration) {
    return Math.max(1, duration.plusNanos(999_999).toMillis());
  }
}
