package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The memory that request bodies may take at once, shared by all event loops of a node. Who finds
 * it used up waits in line, with its socket not read from. Thread-safe.
 */
final class UploadBudget {
  /** Memory that was given; to be given back once. */
  final class Share implements AutoCloseable {
    private long bytes;

    private Share(long bytes) {
      this.bytes = bytes;
    }

    /** Gives back all but so many bytes. */
    void shrinkTo(long kept) {
      long returned = Math.max(0, bytes - kept);
      bytes -= returned;
      giveBack(returned);
    }

    @Override
    public void close() {
      shrinkTo(0);
    }
  }

  private record Waiting(long bytes, Promise<Share> promise) {}

  private final Queue<Waiting> line = new ArrayDeque<>();
  private long free;

  UploadBudget(long bytes) {
    free = bytes;
  }

  /** Succeeds on the caller's context with a share once there is room for it. */
  synchronized Future<Share> take(long bytes) {
    if (line.isEmpty() && bytes <= free) {
      free -= bytes;
      return Future.succeededFuture(new Share(bytes));
    }
    Promise<Share> promise = ((ContextInternal) Vertx.currentContext()).promise();
    line.add(new Waiting(bytes, promise));
    return promise.future();
  }

  /** A share if there is room for it now and nobody waits, empty otherwise. */
  synchronized Optional<Share> takeNow(long bytes) {
    if (!line.isEmpty() || bytes > free) {
      return Optional.empty();
    }
    free -= bytes;
    return Optional.of(new Share(bytes));
  }

  private synchronized void giveBack(long bytes) {
    free += bytes;
    while (!line.isEmpty() && line.peek().bytes <= free) {
      Waiting next = line.remove();
      free -= next.bytes;
      next.promise.complete(new Share(next.bytes));
    }
  }
}
