package org.benchmarkresults.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The memory for pages of responses, shared by all event loops of a node. A page that does not fit
 * is queued before it is read. Thread-safe.
 */
public final class ResponseBudget {
  /** Uses of the memory. Each has its own part, so that none blocks another. */
  public enum Use {
    /** Whole responses of few rows. */
    SMALL(1),
    /**
     * Chunks of large data. Holders of a chunk wait for no other memory, so pages may wait for
     * chunks.
     */
    CHUNKS(2),
    /** Pages of long responses. */
    PAGES(5);

    private static final int ALL_PARTS = 8;

    private final int parts;

    Use(int parts) {
      this.parts = parts;
    }

    /** The use of a response of one page. */
    public static Use forPage(long bytes) {
      return bytes <= SMALL_BYTES ? SMALL : PAGES;
    }
  }

  private static final long SMALL_BYTES = 512 << 10;

  /** Timeout of the first page, after which the client gets a 503. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Map<Use, Part> pools = new EnumMap<>(Use.class);

  public ResponseBudget(long bytes) {
    for (Use use : Use.values()) {
      pools.put(use, new Part(bytes * use.parts / Use.ALL_PARTS));
    }
  }

  /**
   * Succeeds on the caller's context with memory for the first page of a response; fails with
   * {@link Unavailable} after a timeout of 30 s.
   */
  public Future<Share> acquire(Use use, long bytes) {
    return part(use).acquire(bytes, TIMEOUT);
  }

  /** Succeeds with memory for a further page of a response; without a timeout. */
  public Future<Share> acquireNext(Use use, long bytes) {
    return part(use).acquire(bytes, null);
  }

  /** Memory for a page that is read ahead, while half of the memory for pages is free. */
  public Optional<Share> tryAcquire(long bytes) {
    return part(Use.PAGES).tryAcquire(bytes);
  }

  /**
   * Whether half of the memory for pages is used or requests are queued; pages should then be
   * small.
   */
  public boolean isTight() {
    return part(Use.PAGES).isTight();
  }

  long used() {
    return pools.values().stream().mapToLong(Part::used).sum();
  }

  private Part part(Use use) {
    return Objects.requireNonNull(pools.get(use));
  }

  /** Acquired memory. Confined to one event loop. */
  public static final class Share implements AutoCloseable {
    private final Part part;
    private long bytes;

    private Share(Part part, long bytes) {
      this.part = part;
      this.bytes = bytes;
    }

    /** Sets the bytes really held, which may be more than was acquired. */
    public void resize(long held) {
      part.resize(this, held);
    }

    /** Releases all but the given bytes. */
    public void shrinkTo(long kept) {
      part.resize(this, Math.min(kept, bytes));
    }

    @Override
    public void close() {
      shrinkTo(0);
    }
  }

  /** The memory of one use and its queue, first come, first served. */
  private static final class Part {
    private record Waiting(long bytes, Promise<Share> promise, @Nullable Timer timer) {}

    private final long total;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private long free;

    Part(long bytes) {
      total = bytes;
      free = bytes;
    }

    synchronized long used() {
      return total - free;
    }

    synchronized boolean isTight() {
      return !queue.isEmpty() || free < total / 2;
    }

    synchronized Future<Share> acquire(long wanted, @Nullable Duration timeout) {
      long bytes = Math.min(wanted, total);
      if (queue.isEmpty() && bytes <= free) {
        free -= bytes;
        return Future.succeededFuture(new Share(this, bytes));
      }
      ContextInternal context = (ContextInternal) Vertx.currentContext();
      Promise<Share> promise = context.promise();
      Timer timer =
          timeout == null ? null : Timer.once(context.owner(), timeout, () -> expire(promise));
      queue.add(new Waiting(bytes, promise, timer));
      return promise.future();
    }

    private void expire(Promise<Share> promise) {
      boolean wasQueued;
      synchronized (this) {
        wasQueued = queue.removeIf(waiting -> waiting.promise == promise);
      }
      if (wasQueued) {
        promise.fail(new Unavailable("Other requests use all memory for responses. Retry later."));
        serveQueue();
      }
    }

    synchronized Optional<Share> tryAcquire(long bytes) {
      if (!queue.isEmpty() || free - bytes < total / 2) {
        return Optional.empty();
      }
      free -= bytes;
      return Optional.of(new Share(this, bytes));
    }

    void resize(Share share, long bytes) {
      synchronized (this) {
        free += share.bytes - bytes;
        share.bytes = bytes;
      }
      serveQueue();
    }

    /** Completes promises outside the lock, since their listeners may run at once. */
    private void serveQueue() {
      for (Waiting next = next(); next != null; next = next()) {
        if (next.timer != null) {
          next.timer.cancel();
        }
        next.promise.complete(new Share(this, next.bytes));
      }
    }

    private synchronized @Nullable Waiting next() {
      if (queue.isEmpty() || queue.element().bytes > free) {
        return null;
      }
      free -= queue.element().bytes;
      return queue.remove();
    }
  }
}
