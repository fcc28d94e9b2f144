package org.benchmarkresults.storage.mongo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action, such as a sync, one at a time; calls during a run share the next one. Confined to
 * one event loop.
 */
final class Coalescing {
  private final Supplier<Future<Void>> action;
  private boolean running;
  private @Nullable Promise<Void> next;

  Coalescing(Supplier<Future<Void>> action) {
    this.action = action;
  }

  /** Succeeds with the first run that starts after this call. */
  Future<Void> run() {
    if (next == null) {
      next = Promise.promise();
    }
    Future<Void> run = next.future();
    startNext();
    return run;
  }

  private void startNext() {
    Promise<Void> current = next;
    if (running || current == null) {
      return;
    }
    next = null;
    running = true;
    action
        .get()
        .onComplete(current)
        .onComplete(
            done -> {
              running = false;
              startNext();
            });
  }
}
