package org.benchmarkresults.storage.mongo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Unavailable;

/** How a writer goes on while others write the same result. */
public final class Contention {
  /** So many times in a row others can be faster only when something is wrong. */
  public static final int MOST_ATTEMPTS = 64;

  private static final long PAUSE_MILLIS = 20;

  private Contention() {}

  /** Succeeds after a short while, with its length in milliseconds. */
  public static Future<Long> pause(Vertx vertx) {
    return vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).map(PAUSE_MILLIS);
  }

  public static <T> Future<T> tooBusy() {
    return Future.failedFuture(
        new Unavailable("Too many others are writing this result; please try again."));
  }
}
