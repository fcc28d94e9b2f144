package org.benchmarkresults.storage.operation.action;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/** Runs a task for each of many items, some at a time. Confined to one event loop. */
final class Parallel {
  private Parallel() {}

  /** Succeeds when all have; fails when one has failed and those under way have ended. */
  static <T> Future<Void> each(Collection<T> items, int atOnce, Function<T, Future<Void>> task) {
    Queue<T> queue = new ArrayDeque<>(items);
    List<Future<Void>> lanes = new ArrayList<>();
    for (int i = 0; i < atOnce && !queue.isEmpty(); i++) {
      lanes.add(next(queue, task));
    }
    return Future.join(lanes).mapEmpty();
  }

  private static <T> Future<Void> next(Queue<T> queue, Function<T, Future<Void>> task) {
    T item = queue.poll();
    return item == null
        ? Future.succeededFuture()
        : task.apply(item).onFailure(failure -> queue.clear()).compose(done -> next(queue, task));
  }
}
