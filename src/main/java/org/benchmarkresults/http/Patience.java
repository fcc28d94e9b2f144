package org.benchmarkresults.http;

import io.vertx.core.Vertx;

/**
 * Waits for the other side and gives up when nothing is heard of it for so long. It is on only while
 * it is the other side's turn: a request that waits for us is never given up. Confined to one event
 * loop.
 */
final class Patience {
  private static final long OFF = -1;

  private final Vertx vertx = Vertx.currentContext().owner();
  private final long millis;
  private final Runnable giveUp;
  private long timer = OFF;
  private long heardAt;

  Patience(long millis, Runnable giveUp) {
    this.millis = millis;
    this.giveUp = giveUp;
  }

  /** It is the other side's turn now. */
  void begin() {
    heard();
    if (timer == OFF) {
      check();
    }
  }

  /** The other side did something. */
  void heard() {
    heardAt = System.nanoTime();
  }

  /** It is our turn again. */
  void end() {
    if (timer != OFF) {
      vertx.cancelTimer(timer);
      timer = OFF;
    }
  }

  private void check() {
    long silent = (System.nanoTime() - heardAt) / 1_000_000;
    if (silent >= millis) {
      timer = OFF;
      giveUp.run();
    } else {
      timer = vertx.setTimer(millis - silent, fired -> check());
    }
  }
}
