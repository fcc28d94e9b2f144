package org.benchmarkresults.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.timer.Timer;

/**
 * Fails pending requests with 503 shortly before the grace period of a shutdown ends: unlike a
 * closed connection, a 503 tells the client to retry. Confined to one event loop.
 */
public final class ShutdownDeadline {
  /** Time to send the responses: a quarter of the grace period, at most this. */
  private static final Duration MAX_SENDING = Duration.ofSeconds(1);

  private static final int SENDING_DIVISOR = 4;

  private final Set<Promise<?>> pendingLines = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Promise<?>> pending = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean isPast;

  /** Starts the grace period, at whose end connections are closed. */
  public void start(Vertx vertx, Duration grace) {
    Duration part = grace.dividedBy(SENDING_DIVISOR);
    Duration sending = part.compareTo(MAX_SENDING) < 0 ? part : MAX_SENDING;
    Timer unused = Timer.once(vertx, grace.minus(sending), this::end);
  }

  /** In one task: on a late event loop the connections may be closed in the next one. */
  private void end() {
    // First, so that the pendingLines of a bulk upload get their responses before it ends.
    fail(pendingLines);
    isPast = true;
    fail(pending);
  }

  private static void fail(Set<Promise<?>> waiting) {
    for (Promise<?> promise : List.copyOf(waiting)) {
      promise.tryFail(unavailable());
    }
  }

  private static Unavailable unavailable() {
    return new Unavailable(
        "The service is stopping and the outcome of this request is unknown. Send it again.");
  }

  /** The outcome of the future, or {@link Unavailable} when it is pending at the deadline. */
  public <T> Future<T> limit(Future<T> future) {
    return untilDeadline(future, pending);
  }

  /** As {@link #limit(Future)}, for a line of a bulk upload. */
  public <T> Future<T> limitLine(Future<T> future) {
    return untilDeadline(future, pendingLines);
  }

  private <T> Future<T> untilDeadline(Future<T> future, Set<Promise<?>> waiting) {
    if (future.isComplete()) {
      return future;
    }
    if (isPast) {
      return Future.failedFuture(unavailable());
    }
    Promise<T> promise = Promise.promise();
    waiting.add(promise);
    Future<T> unused =
        future.onComplete(
            (value, failure) -> {
              waiting.remove(promise);
              boolean unusedCompletion =
                  failure == null ? promise.tryComplete(value) : promise.tryFail(failure);
            });
    return promise.future();
  }

  /** The response, each piece of which is limited by the deadline. */
  public Response limit(Response response) {
    if (!(response instanceof Response.Pieces pieces)) {
      return response;
    }
    Response.Source source = pieces.source();
    return new Response.Pieces(
        pieces.status(),
        pieces.headers(),
        new Response.Source() {
          @Override
          public Future<Optional<Buffer>> next() {
            return limit(source.next());
          }

          @Override
          public void close() {
            source.close();
          }
        });
  }
}
