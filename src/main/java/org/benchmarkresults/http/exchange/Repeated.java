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
 * Asks the database for a further part of an answer whose beginning was sent. The client can no
 * longer be told to come back, so a database that is away for a moment is asked again before the
 * answer is cut. Confined to one event loop.
 */
public final class Repeated {
  private static final int MOST_REPEATS = 8;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private Repeated() {}

  /**
   * Succeeds as the question does; fails as it does when it failed too often, or when nobody waits
   * for the answer any more.
   */
  public static <T> Future<T> ask(Supplier<Future<T>> question, BooleanSupplier isWanted) {
    return ask(question, isWanted, MOST_REPEATS);
  }

  private static <T> Future<T> ask(
      Supplier<Future<T>> question, BooleanSupplier isWanted, int repeats) {
    return question
        .get()
        .recover(
            failure ->
                failure instanceof Unavailable && repeats > 0 && isWanted.getAsBoolean()
                    ? pause().compose(over -> ask(question, isWanted, repeats - 1))
                    : Future.failedFuture(failure));
  }

  private static Future<Void> pause() {
    ContextInternal context = (ContextInternal) Vertx.currentContext();
    Promise<Void> over = context.promise();
    Timer unused = Timer.once(context.owner(), PAUSE, over::complete);
    return over.future();
  }
}
