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
 * The memory that answers read in pages may take at once, shared by all event loops of a node. A
 * page that does not fit waits in line before it is asked for. Thread-safe.
 */
public final class ResponseBudget {
  /** What memory is for. Each use has a part of its own, so that none holds up the others. */
  public enum Use {
    /** Whole answers of few rows. */
    SMALL(1),
    /**
     * Chunks of large data. Whoever has one waits for nothing else, so pages may wait for chunks.
     */
    CHUNKS(2),
    /** Pages of long answers. */
    PAGES(5);

    private static final int ALL = 8;

    private final int parts;

    Use(int parts) {
      this.parts = parts;
    }

    /** Of an answer that is one page of at most so many bytes. */
    public static Use ofOnePage(long bytes) {
      return bytes <= SMALL_BYTES ? SMALL : PAGES;
    }
  }

  private static final long SMALL_BYTES = 512 << 10;

  /** The first page of an answer waits so long, then the client is told to come back. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Map<Use, Line> lines = new EnumMap<>(Use.class);

  public ResponseBudget(long bytes) {
    for (Use use : Use.values()) {
      lines.put(use, new Line(bytes * use.parts / Use.ALL));
    }
  }

  /**
   * Succeeds on the caller's context with a share for the first page of an answer; fails with
   * {@link Unavailable} when there is no room for it in time.
   */
  public Future<Share> first(Use use, long bytes) {
    return line(use).take(bytes, LONGEST_WAIT);
  }

  /** Succeeds with a share for a further page of an answer once there is room for it. */
  public Future<Share> further(Use use, long bytes) {
    return line(use).take(bytes, null);
  }

  /** A share for a page that is read ahead, only while half of the memory for pages is free. */
  public Optional<Share> spare(long bytes) {
    return line(Use.PAGES).spare(bytes);
  }

  /**
   * Whether half of the memory for pages is taken or some wait for it: they are to be small then.
   */
  public boolean isTight() {
    return line(Use.PAGES).isTight();
  }

  /** Bytes that are given away. */
  long used() {
    return lines.values().stream().mapToLong(Line::used).sum();
  }

  private Line line(Use use) {
    return Objects.requireNonNull(lines.get(use));
  }

  /** Memory that was given; to be given back. Confined to one event loop. */
  public static final class Share implements AutoCloseable {
    private final Line line;
    private long bytes;

    private Share(Line line, long bytes) {
      this.line = line;
      this.bytes = bytes;
    }

    /** Says how much is held really, more or less than what was asked for. */
    public void holds(long really) {
      line.resize(this, really);
    }

    /** Gives back all but so many bytes. */
    public void shrinkTo(long kept) {
      line.resize(this, Math.min(kept, bytes));
    }

    @Override
    public void close() {
      shrinkTo(0);
    }
  }

  /** First come, first served. */
  private static final class Line {
    private record Waiting(long bytes, Promise<Share> promise, @Nullable Timer timer) {}

    private final long total;
    private final ArrayDeque<Waiting> line = new ArrayDeque<>();
    private long free;

    Line(long bytes) {
      total = bytes;
      free = bytes;
    }

    synchronized long used() {
      return total - free;
    }

    synchronized boolean isTight() {
      return !line.isEmpty() || free < total / 2;
    }

    synchronized Future<Share> take(long wanted, @Nullable Duration patience) {
      long bytes = Math.min(wanted, total);
      if (line.isEmpty() && bytes <= free) {
        free -= bytes;
        return Future.succeededFuture(new Share(this, bytes));
      }
      ContextInternal context = (ContextInternal) Vertx.currentContext();
      Promise<Share> promise = context.promise();
      Timer timer =
          patience == null ? null : Timer.once(context.owner(), patience, () -> refuse(promise));
      line.add(new Waiting(bytes, promise, timer));
      return promise.future();
    }

    private void refuse(Promise<Share> promise) {
      boolean waited;
      synchronized (this) {
        waited = line.removeIf(waiting -> waiting.promise == promise);
      }
      if (waited) {
        promise.fail(
            new Unavailable(
                "Other answers take all memory that there is for them; ask again later."));
        serve();
      }
    }

    synchronized Optional<Share> spare(long bytes) {
      if (!line.isEmpty() || free - bytes < total / 2) {
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
      serve();
    }

    /** Outside the lock, because whoever is served may go on at once. */
    private void serve() {
      for (Waiting next = next(); next != null; next = next()) {
        if (next.timer != null) {
          next.timer.cancel();
        }
        next.promise.complete(new Share(this, next.bytes));
      }
    }

    private synchronized @Nullable Waiting next() {
      if (line.isEmpty() || line.element().bytes > free) {
        return null;
      }
      free -= line.element().bytes;
      return line.remove();
    }
  }
}
