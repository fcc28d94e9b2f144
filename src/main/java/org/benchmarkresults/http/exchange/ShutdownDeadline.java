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
 * Answers what still waits when the grace time of a stop is nearly over with a 503: a closed
 * connection does not tell a client that the same request may be sent again. Confined to one event
 * loop.
 */
public final class ShutdownDeadline {
  /** For sending the answers, of longer grace times. */
  private static final Duration LONGEST_SENDING = Duration.ofSeconds(1);

  private static final int SENDING_PART = 4;

  private final Set<Promise<?>> lines = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Promise<?>> answers = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean isOver;

  /** The service stops; connections are closed at the end of the grace time. */
  public void begin(Vertx vertx, Duration grace) {
    Duration part = grace.dividedBy(SENDING_PART);
    Duration sending = part.compareTo(LONGEST_SENDING) < 0 ? part : LONGEST_SENDING;
    Timer unused = Timer.once(vertx, grace.minus(sending), this::end);
  }

  /** In one turn: where the event loop is late, closing the connections may be due in the next. */
  private void end() {
    // First, so that the lines of a load have their answers before the load ends.
    fail(lines);
    isOver = true;
    fail(answers);
  }

  private static void fail(Set<Promise<?>> waiting) {
    for (Promise<?> promise : List.copyOf(waiting)) {
      promise.tryFail(unavailable());
    }
  }

  private static Unavailable unavailable() {
    return new Unavailable(
        "The service is stopping, and what became of this request is not known. Send it again.");
  }

  /**
   * What becomes of an answer, or {@link Unavailable} when it does not come before the deadline.
   */
  public <T> Future<T> answer(Future<T> answer) {
    return untilDeadline(answer, answers);
  }

  /** The same of lines that are answered among others. */
  public <T> Future<T> line(Future<T> answer) {
    return untilDeadline(answer, lines);
  }

  private <T> Future<T> untilDeadline(Future<T> answer, Set<Promise<?>> waiting) {
    if (answer.isComplete()) {
      return answer;
    }
    if (isOver) {
      return Future.failedFuture(unavailable());
    }
    Promise<T> promise = Promise.promise();
    waiting.add(promise);
    Future<T> unused =
        answer.onComplete(
            (value, failure) -> {
              waiting.remove(promise);
              boolean unusedCompletion =
                  failure == null ? promise.tryComplete(value) : promise.tryFail(failure);
            });
    return promise.future();
  }

  /** Its pieces, each of which comes before the deadline. */
  public Response pieces(Response reply) {
    if (!(reply instanceof Response.Pieces pieces)) {
      return reply;
    }
    Response.Source source = pieces.source();
    return new Response.Pieces(
        pieces.status(),
        pieces.headers(),
        new Response.Source() {
          @Override
          public Future<Optional<Buffer>> next() {
            return answer(source.next());
          }

          @Override
          public void close() {
            source.close();
          }
        });
  }
}
