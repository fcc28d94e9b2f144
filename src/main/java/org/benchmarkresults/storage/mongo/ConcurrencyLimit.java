package org.benchmarkresults.storage.mongo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.Received;
import org.jspecify.annotations.Nullable;

/**
 * Runs a bounded number of operations at once, the others first come, first served. Confined to one
 * event loop.
 */
public final class ConcurrencyLimit {
  private record Waiting(Runnable begin, Runnable giveUp, long since) {
    boolean isOverdue() {
      return System.nanoTime() - since > Received.LONGEST_WAIT.toNanos();
    }
  }

  private final int most;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private int running;

  /**
   * @param most operations at once
   */
  public ConcurrencyLimit(int most) {
    this.most = most;
  }

  /**
   * Succeeds and fails as the operation does; fails with {@link Unavailable} if it waited too long.
   */
  public <T> Future<T> run(Supplier<Future<T>> operation) {
    if (running < most) {
      return begin(operation);
    }
    Trace trace = Trace.current();
    Promise<T> done = Promise.promise();
    queue.add(
        new Waiting(
            () -> begin(() -> trace.with(operation)).onComplete(done),
            () ->
                done.fail(
                    new Unavailable("It waited too long for the database; please try again.")),
            System.nanoTime()));
    return done.future();
  }

  private <T> Future<T> begin(Supplier<Future<T>> operation) {
    running++;
    // Composed, so that what is thrown, an Error too, gives the turn back as well.
    return Future.<@Nullable Void>succeededFuture()
        .compose(now -> operation.get())
        .onComplete(ended -> next());
  }

  private void next() {
    running--;
    while (running < most && !queue.isEmpty()) {
      Waiting first = queue.remove();
      (first.isOverdue() ? first.giveUp : first.begin).run();
    }
  }
}
