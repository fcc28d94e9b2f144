package org.benchmarkresults.storage.mongo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action that covers all that was done before it began, one run at a time: callers that
 * come while one is under way share the next. Confined to one event loop.
 */
final class Coalescing {
  private final Supplier<Future<Void>> action;
  private boolean running;
  private @Nullable Promise<Void> next;

  Coalescing(Supplier<Future<Void>> action) {
    this.action = action;
  }

  /** Succeeds when a run that began after this call has. */
  Future<Void> run() {
    if (next == null) {
      next = Promise.promise();
    }
    Future<Void> mine = next.future();
    begin();
    return mine;
  }

  private void begin() {
    Promise<Void> waiting = next;
    if (running || waiting == null) {
      return;
    }
    next = null;
    running = true;
    action
        .get()
        .onComplete(waiting)
        .onComplete(
            done -> {
              running = false;
              begin();
            });
  }
}
