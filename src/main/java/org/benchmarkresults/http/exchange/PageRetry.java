package org.benchmarkresults.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.timer.Timer;

/**
 * Retries reads for a response that has begun. The client can no longer get a 503, so a database
 * that is unavailable for a moment is retried before the response is aborted. Confined to one event
 * loop.
 */
public final class PageRetry {
  private static final int MAX_RETRIES = 8;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private PageRetry() {}

  /**
   * Succeeds with the result of the call; fails with its last failure after all retries, or once
   * the result is no longer wanted.
   */
  public static <T> Future<T> call(Supplier<Future<T>> attempt, BooleanSupplier isWanted) {
    return call(attempt, isWanted, MAX_RETRIES);
  }

  private static <T> Future<T> call(
      Supplier<Future<T>> attempt, BooleanSupplier isWanted, int retries) {
    return attempt
        .get()
        .recover(
            failure ->
                failure instanceof Unavailable && retries > 0 && isWanted.getAsBoolean()
                    ? pause().compose(paused -> call(attempt, isWanted, retries - 1))
                    : Future.failedFuture(failure));
  }

  private static Future<Void> pause() {
    ContextInternal context = (ContextInternal) Vertx.currentContext();
    Promise<Void> paused = context.promise();
    Timer unused = Timer.once(context.owner(), PAUSE, paused::complete);
    return paused.future();
  }
}
