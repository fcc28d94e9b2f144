package org.benchmarkresults.storage.mongo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Unavailable;

/** Retries of writers that compete for the same result. */
public final class Contention {
  /** A writer that loses more often in a row indicates a bug. */
  public static final int MOST_ATTEMPTS = 64;

  private static final long PAUSE_MILLIS = 20;

  private Contention() {}

  /** Succeeds after a short pause, with its length in milliseconds. */
  public static Future<Long> pause(Vertx vertx) {
    return vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).map(PAUSE_MILLIS);
  }

  public static <T> Future<T> tooBusy() {
    return Future.failedFuture(
        new Unavailable("Too many concurrent writes of this result; please try again."));
  }
}
