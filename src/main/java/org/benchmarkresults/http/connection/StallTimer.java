package org.benchmarkresults.http.connection;

import io.vertx.core.Vertx;
import java.time.Duration;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Times out a peer that is silent or too slow. The timer runs only while the service waits for the
 * peer, never while the peer waits for the service. Confined to one event loop.
 */
public final class StallTimer {
  private final Vertx vertx = Vertx.currentContext().owner();
  private final long timeoutMillis;
  private final long minBytesPerSecond;
  private final Runnable onTimeout;
  private @Nullable Timer timer;
  private long lastActivity;
  private long startedAt;
  private long earlierNanos;
  private long bytes;

  public StallTimer(long timeoutMillis, Runnable onTimeout) {
    this(timeoutMillis, 0, onTimeout);
  }

  /**
   * Also times out a peer that sends too slowly.
   *
   * @param minBytesPerSecond least average rate while the timer runs, once it ran for the timeout
   */
  public StallTimer(long timeoutMillis, long minBytesPerSecond, Runnable onTimeout) {
    this.timeoutMillis = timeoutMillis;
    this.minBytesPerSecond = minBytesPerSecond;
    this.onTimeout = onTimeout;
  }

  /** Starts the timer, or restarts the silence of a running one. */
  public void start() {
    received(0);
    if (timer == null) {
      startedAt = lastActivity;
      check();
    }
  }

  /** Records activity of the peer. */
  public void received(int length) {
    lastActivity = System.nanoTime();
    bytes += length;
  }

  public void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
      earlierNanos += System.nanoTime() - startedAt;
    }
  }

  private boolean isTooSlow() {
    long runMillis = (earlierNanos + System.nanoTime() - startedAt) / 1_000_000;
    return runMillis >= timeoutMillis && bytes * 1_000 < minBytesPerSecond * runMillis;
  }

  private void check() {
    long silentMillis = (System.nanoTime() - lastActivity) / 1_000_000;
    if (silentMillis >= timeoutMillis || isTooSlow()) {
      timer = null;
      onTimeout.run();
    } else {
      timer = Timer.once(vertx, Duration.ofMillis(timeoutMillis - silentMillis), this::check);
    }
  }
}
