package org.benchmarkresults.http.connection;

import io.vertx.core.Vertx;
import java.time.Duration;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the other side and gives up when nothing is heard of it for so long. It is on only
 * while it is the other side's turn: a request that waits for us is never given up. Confined to one
 * event loop.
 */
public final class StallTimer {
  private final Vertx vertx = Vertx.currentContext().owner();
  private final long millis;
  private final long leastBytesPerSecond;
  private final Runnable giveUp;
  private @Nullable Timer timer;
  private long heardAt;
  private long turnBegan;
  private long turnsNanos;
  private long bytes;

  public StallTimer(long millis, Runnable giveUp) {
    this(millis, 0, giveUp);
  }

  /**
   * One that also gives up on who sends ever less than so much.
   *
   * @param leastBytesPerSecond on the whole of the other side's turns, once they took so long
   */
  public StallTimer(long millis, long leastBytesPerSecond, Runnable giveUp) {
    this.leastBytesPerSecond = leastBytesPerSecond;
    this.millis = millis;
    this.giveUp = giveUp;
  }

  /** It is the other side's turn now. */
  public void begin() {
    heard(0);
    if (timer == null) {
      turnBegan = heardAt;
      check();
    }
  }

  /** The other side did something, and sent so much. */
  public void heard(int length) {
    heardAt = System.nanoTime();
    bytes += length;
  }

  /** It is our turn again. */
  public void end() {
    if (timer != null) {
      timer.cancel();
      timer = null;
      turnsNanos += System.nanoTime() - turnBegan;
    }
  }

  private boolean isTooSlow() {
    long turnMillis = (turnsNanos + System.nanoTime() - turnBegan) / 1_000_000;
    return turnMillis >= millis && bytes * 1_000 < leastBytesPerSecond * turnMillis;
  }

  private void check() {
    long silent = (System.nanoTime() - heardAt) / 1_000_000;
    if (silent >= millis || isTooSlow()) {
      timer = null;
      giveUp.run();
    } else {
      timer = Timer.once(vertx, Duration.ofMillis(millis - silent), this::check);
    }
  }
}
