package org.benchmarkresults.http.body;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of request bodies, shared by all event loops of a node. A share grows as its body
 * arrives, but only while all bodies could still be completed one after the other (the banker's
 * algorithm), so half-read bodies never deadlock. A body without memory is queued, with its socket
 * paused. While others are queued, bodies that hold memory and arrive too slowly are evicted.
 * Thread-safe.
 */
public final class UploadBudget {
  private static final Duration CHECK_PERIOD = Duration.ofMillis(500);
  static final int SLOW_CHECKS = 3;
  private static final long STALLED_NANOS = SLOW_CHECKS * CHECK_PERIOD.toNanos();

  /** While others are queued, a body must receive this per check, or a part of what it holds. */
  private static final long MIN_BYTES_PER_CHECK = 16 << 10;

  private static final int MIN_PART_PER_CHECK = 256;

  /** The memory of one body. */
  public final class Share implements AutoCloseable {
    private final long claim;
    private final Runnable onEvict;
    private final ContextInternal context = (ContextInternal) Vertx.currentContext();
    private long bytes;
    private @Nullable Waiting waiting;
    private boolean isBeginning;
    private boolean isReceiving;
    private long receivedAt;
    private long receivedBytes;
    private int slowChecks;

    private Share(long claim, Runnable onEvict) {
      this.claim = Math.min(claim, total);
      this.onEvict = onEvict;
    }

    /** Succeeds on the caller's context once the share has so many bytes, at most its claim. */
    public Future<Void> growTo(long wanted) {
      return grow(this, Math.min(wanted, claim));
    }

    /** Sets whether the service waits for the client to send, rather than the reverse. */
    public void setReceiving(boolean receiving) {
      synchronized (UploadBudget.this) {
        isReceiving = receiving;
        receivedAt = System.nanoTime();
      }
    }

    public void received(int length) {
      synchronized (UploadBudget.this) {
        receivedBytes += length;
        receivedAt = System.nanoTime();
      }
    }

    long missing() {
      return claim - bytes;
    }

    long bytes() {
      return bytes;
    }

    boolean isQueued() {
      return waiting != null;
    }

    boolean isStalled(long now) {
      return isReceiving && now - receivedAt > STALLED_NANOS;
    }

    boolean isSlow() {
      boolean isEnough = receivedBytes >= Math.max(MIN_BYTES_PER_CHECK, bytes / MIN_PART_PER_CHECK);
      slowChecks = isReceiving && !isEnough ? slowChecks + 1 : 0;
      receivedBytes = 0;
      return slowChecks >= SLOW_CHECKS;
    }

    /** Releases all but the given bytes. */
    public void shrinkTo(long kept) {
      release(this, Math.min(bytes, kept));
    }

    /** Releases all memory; a pending {@link #growTo} never completes. */
    @Override
    public void close() {
      synchronized (UploadBudget.this) {
        if (waiting != null) {
          queue.remove(waiting);
          waiting = null;
        }
      }
      shrinkTo(0);
    }
  }

  record Waiting(Share share, long bytes, Promise<Void> promise) {}

  private final SequencedSet<Waiting> queue = new LinkedHashSet<>();
  private final Set<Share> held = new LinkedHashSet<>();
  private final Evictions evictions = new Evictions();
  private final long total;
  private long free;
  private long beginningBytes;
  private long largestClaim;
  private boolean isChecking;

  /** Checks during which senders count as slow after an eviction. */
  private int slowChecksLeft;

  private boolean isNewestNext;

  public UploadBudget(long bytes) {
    total = bytes;
    free = bytes;
  }

  /**
   * An empty share.
   *
   * @param claim the most that it will grow to
   * @param onEvict ends the body, whose memory others wait for; run on the caller's context
   */
  public Share open(long claim, Runnable onEvict) {
    return new Share(claim, onEvict);
  }

  /** A share of full size; empty when others are queued or there is not enough memory. */
  public synchronized Optional<Share> tryAcquire(long bytes) {
    Share share = open(bytes, () -> {});
    if (!queue.isEmpty() || !fits(share, bytes)) {
      return Optional.empty();
    }
    assign(share, bytes);
    return Optional.of(share);
  }

  private synchronized Future<Void> grow(Share share, long wanted) {
    largestClaim = Math.max(largestClaim, share.claim);
    if (wanted <= share.bytes) {
      return Future.succeededFuture();
    }
    // A body that holds memory passes the queue, since it releases memory the sooner.
    boolean mayPass = queue.isEmpty() || share.bytes > 0 || areSendersSlow();
    if (mayPass && fits(share, wanted)) {
      assign(share, wanted);
      return Future.succeededFuture();
    }
    Waiting waiting = new Waiting(share, wanted, share.context.promise());
    share.waiting = waiting;
    queue.add(waiting);
    scheduleCheck(share.context.owner());
    return waiting.promise.future();
  }

  private void assign(Share share, long bytes) {
    setBytes(share, bytes, share.bytes == 0 && bytes < share.claim);
    var unused = bytes > 0 && held.add(share);
  }

  private void setBytes(Share share, long bytes, boolean isBeginning) {
    free -= bytes - share.bytes;
    beginningBytes += (isBeginning ? bytes : 0) - (share.isBeginning ? share.bytes : 0);
    share.isBeginning = isBeginning;
    share.bytes = bytes;
  }

  private boolean fits(Share share, long bytes) {
    long left = free - (bytes - share.bytes);
    // Beginnings of many bodies would leave memory to finish only a few of them at a time.
    boolean isBeginning = share.bytes == 0 && bytes < share.claim && !held.isEmpty();
    if (left < 0 || (isBeginning && beginningBytes + bytes > total / 2)) {
      return false;
    }
    return left >= largestClaim || SafeGrowth.isSafe(share, bytes, left, held, largestClaim);
  }

  private void release(Share share, long kept) {
    List<Waiting> served = new ArrayList<>();
    synchronized (this) {
      setBytes(share, kept, share.isBeginning);
      if (kept == 0) {
        held.remove(share);
      }
      if (!queue.isEmpty()) {
        boolean areAllServed = serveGrowing(served);
        if (areAllServed || areSendersSlow()) {
          serveNew(served);
        }
      }
    }
    // In a later task, when nothing refers to the released memory any more.
    served.forEach(
        waiting -> waiting.share.context.runOnContext(turn -> waiting.promise.complete()));
  }

  /**
   * Serves bodies that hold memory, first the one that misses least, which can always be completed;
   * while senders are slow, alternately the newest. Returns whether all are served.
   */
  private boolean serveGrowing(List<Waiting> served) {
    while (true) {
      Waiting least = null;
      Waiting newest = null;
      for (Waiting waiting : queue) {
        if (waiting.share.bytes > 0) {
          newest = waiting;
          least =
              least == null || waiting.share.missing() < least.share.missing() ? waiting : least;
        }
      }
      if (least == null || newest == null) {
        return true;
      }
      boolean isForNewest = isNewestNext && areSendersSlow();
      isNewestNext = !isForNewest;
      if (!serve(isForNewest ? newest : least, served)) {
        isNewestNext = isForNewest;
        // Memory for the newest accumulates only if no other body takes it.
        if (!isForNewest || held.stream().anyMatch(share -> share.isReceiving)) {
          return false;
        }
        isNewestNext = false;
      }
    }
  }

  /**
   * Serves bodies without memory in the order of their arrival; while senders are slow, alternately
   * the newest, so that it does not wait for all slow ones before it.
   */
  private void serveNew(List<Waiting> served) {
    boolean isServed = true;
    while (isServed) {
      Waiting newest = areSendersSlow() ? firstNew(queue.reversed()) : null;
      isServed = newest != null && serve(newest, served);
      Waiting oldest = firstNew(queue);
      isServed |= oldest != null && serve(oldest, served);
    }
  }

  private static @Nullable Waiting firstNew(Collection<Waiting> ordered) {
    return ordered.stream().filter(waiting -> waiting.share.bytes == 0).findFirst().orElse(null);
  }

  private boolean areSendersSlow() {
    return slowChecksLeft > 0;
  }

  private boolean serve(Waiting waiting, List<Waiting> served) {
    boolean isServed = fits(waiting.share, waiting.bytes);
    if (isServed) {
      assign(waiting.share, waiting.bytes);
      waiting.share.waiting = null;
      queue.remove(waiting);
      served.add(waiting);
    }
    return isServed;
  }

  private void scheduleCheck(Vertx vertx) {
    if (!isChecking) {
      isChecking = true;
      var unused = Timer.once(vertx, CHECK_PERIOD, () -> check(vertx));
    }
  }

  private void check(Vertx vertx) {
    Collection<Share> evicted;
    synchronized (this) {
      isChecking = false;
      evicted =
          queue.isEmpty()
              ? List.of()
              : evictions.choose(queue, held, total, free, total / 2 - beginningBytes);
      slowChecksLeft = evicted.isEmpty() ? Math.max(0, slowChecksLeft - 1) : 2 * SLOW_CHECKS;
      if (!queue.isEmpty() || slowChecksLeft > 0) {
        scheduleCheck(vertx);
      }
    }
    evicted.forEach(share -> share.context.runOnContext(now -> share.onEvict.run()));
  }
}
