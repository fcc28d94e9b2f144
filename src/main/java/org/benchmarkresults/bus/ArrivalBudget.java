package org.benchmarkresults.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The memory for large messages from other nodes. Messages beyond the limit wait in a queue; one
 * that is larger than the limit is admitted alone. Thread-safe.
 */
final class ArrivalBudget {
  private final long limit;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private long held;

  private record Waiting(long bytes, Promise<Void> admitted) {}

  /**
   * @param limit in bytes
   */
  ArrivalBudget(long limit) {
    this.limit = limit;
  }

  /** Succeeds when the bytes are reserved; the caller releases them. */
  Future<Void> acquire(long bytes) {
    Promise<Void> admitted = Promise.promise();
    synchronized (this) {
      queue.add(new Waiting(bytes, admitted));
    }
    admit();
    return admitted.future();
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
      next.admitted.complete();
    }
  }

  private synchronized @Nullable Waiting nextAdmitted() {
    Waiting next = queue.peek();
    if (next == null || (held > 0 && held + next.bytes > limit)) {
      return null;
    }
    held += next.bytes;
    return queue.remove();
  }
}
