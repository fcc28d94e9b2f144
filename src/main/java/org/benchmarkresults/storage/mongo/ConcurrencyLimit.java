package org.benchmarkresults.storage.mongo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.Received;
import org.jspecify.annotations.Nullable;

/** Limits concurrent operations; the others wait in a queue. Confined to one event loop. */
public final class ConcurrencyLimit {
  private record Pending(Runnable start, Runnable reject, long since) {
    boolean isOverdue() {
      return System.nanoTime() - since > Received.LONGEST_WAIT.toNanos();
    }
  }

  private final int limit;
  private final Queue<Pending> queue = new ArrayDeque<>();
  private int running;

  /**
   * @param limit operations at once
   */
  public ConcurrencyLimit(int limit) {
    this.limit = limit;
  }

  /** Completes as the operation does; fails with {@link Unavailable} if it waited too long. */
  public <T> Future<T> run(Supplier<Future<T>> operation) {
    if (running < limit) {
      return start(operation);
    }
    Trace trace = Trace.current();
    Promise<T> done = Promise.promise();
    queue.add(
        new Pending(
            () -> start(() -> trace.with(operation)).onComplete(done),
            () ->
                done.fail(
                    new Unavailable(
                        "The request waited too long for the database; please try again.")),
            System.nanoTime()));
    return done.future();
  }

  private <T> Future<T> start(Supplier<Future<T>> operation) {
    running++;
    // Inside compose, whatever the operation throws becomes a failure, so that its slot is freed.
    return Future.<@Nullable Void>succeededFuture()
        .compose(now -> operation.get())
        .onComplete(ended -> next());
  }

  private void next() {
    running--;
    while (running < limit && !queue.isEmpty()) {
      Pending first = queue.remove();
      (first.isOverdue() ? first.reject : first.start).run();
    }
  }
}
