package org.benchmarkresults.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The memory that large messages from other nodes may hold at once. Messages beyond it wait in
 * line; one that is larger than all of it is admitted alone. Thread-safe.
 */
final class ArrivalBudget {
  private final long limit;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long held;

  private record Waiting(long bytes, Promise<Void> turn) {}

  /**
   * @param limit in bytes
   */
  ArrivalBudget(long limit) {
    this.limit = limit;
  }

  /** Succeeds when so many bytes may be held; they are held until they are released. */
  Future<Void> acquire(long bytes) {
    Promise<Void> turn = Promise.promise();
    synchronized (this) {
      waiting.add(new Waiting(bytes, turn));
    }
    admit();
    return turn.future();
  }

  void release(long bytes) {
    synchronized (this) {
      held -= bytes;
    }
    admit();
  }

  synchronized long held() {
    return held;
  }

  private void admit() {
    for (Waiting next = nextAdmitted(); next != null; next = nextAdmitted()) {
      next.turn.complete();
    }
  }

  private synchronized @Nullable Waiting nextAdmitted() {
    Waiting next = waiting.peek();
    if (next == null || (held > 0 && held + next.bytes > limit)) {
      return null;
    }
    held += next.bytes;
    return waiting.remove();
  }
}
