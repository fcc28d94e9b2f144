package org.benchmarkresults.http.body;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The memory that request bodies may take at once, shared by all event loops of a node. A share
 * grows as its body arrives. It grows only where all bodies that arrive could still be read to
 * their end one after the other (the banker's algorithm), so half-read bodies never starve each
 * other. A body that finds no room waits in line, with its socket not read from. A body that holds
 * memory and arrives too slowly is given up while others wait. Thread-safe.
 */
public final class UploadBudget {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int SLOW_LOOKS = 3;
  private static final long STALLED_NANOS = SLOW_LOOKS * LOOK.toNanos();

  /**
   * While others wait, a body arrives with so much in each look, and with a part of what it holds.
   */
  private static final long LEAST_A_LOOK = 16 << 10;

  private static final int PART_A_LOOK = 256;

  /** Memory of one body; to be given back once. */
  public final class Share implements AutoCloseable {
    private final long claim;
    private final Runnable giveUp;
    private final ContextInternal context = (ContextInternal) Vertx.currentContext();
    private long bytes;
    private @Nullable Waiting waiting;
    private boolean hasJustBegun;
    private boolean isSendersTurn;
    private long heardAt;
    private long heardBytes;
    private int slowLooks;

    private Share(long claim, Runnable giveUp) {
      this.claim = Math.min(claim, total);
      this.giveUp = giveUp;
    }

    /** Succeeds on the caller's context once the share has so many bytes, its claim at the most. */
    public Future<Void> growTo(long wanted) {
      return grow(this, Math.min(wanted, claim));
    }

    /** Whether the service waits for the sender now, and not the other way round. */
    public void sendersTurn(boolean isNow) {
      synchronized (UploadBudget.this) {
        isSendersTurn = isNow;
        heardAt = System.nanoTime();
      }
    }

    public void heard(int length) {
      synchronized (UploadBudget.this) {
        heardBytes += length;
        heardAt = System.nanoTime();
      }
    }

    private boolean isStalled(long now) {
      return isSendersTurn && now - heardAt > STALLED_NANOS;
    }

    private boolean isSlow() {
      boolean isEnough = heardBytes >= Math.max(LEAST_A_LOOK, bytes / PART_A_LOOK);
      slowLooks = isSendersTurn && !isEnough ? slowLooks + 1 : 0;
      heardBytes = 0;
      return slowLooks >= SLOW_LOOKS;
    }

    /** Gives back all but so many bytes. */
    public void shrinkTo(long kept) {
      giveBack(this, Math.min(bytes, kept));
    }

    /** Gives all back; what waits for more is never served. */
    @Override
    public void close() {
      leaveLine(this);
      shrinkTo(0);
    }
  }

  private record Waiting(Share share, long bytes, Promise<Void> promise) {
    long lacks() {
      return share.claim - share.bytes;
    }
  }

  private final SequencedSet<Waiting> line = new LinkedHashSet<>();
  private final Set<Share> held = new LinkedHashSet<>();
  private final long total;
  private long free;
  private long ofBeginnings;
  private long largestClaim;
  private boolean isWatched;
  private int slowLooksAhead;
  private boolean isNewestsTurn;
  private int stuckLooks;

  public UploadBudget(long bytes) {
    total = bytes;
    free = bytes;
  }

  /**
   * A share that holds nothing yet.
   *
   * @param claim the most that it will grow to
   * @param giveUp ends the body, whose memory others wait for; run on the caller's context
   */
  public Share open(long claim, Runnable giveUp) {
    return new Share(claim, giveUp);
  }

  /** Succeeds on the caller's context with a share of its full size once there is room for it. */
  Future<Share> take(long bytes) {
    Share share = open(bytes, () -> {});
    return share.growTo(bytes).map(grown -> share);
  }

  /** A share if there is room for it now and nobody waits, empty otherwise. */
  public synchronized Optional<Share> takeNow(long bytes) {
    Share share = open(bytes, () -> {});
    if (!line.isEmpty() || !fits(share, bytes)) {
      return Optional.empty();
    }
    give(share, bytes);
    return Optional.of(share);
  }

  private synchronized Future<Void> grow(Share share, long wanted) {
    largestClaim = Math.max(largestClaim, share.claim);
    if (wanted <= share.bytes) {
      return Future.succeededFuture();
    }
    // A body that is half there gives its memory back sooner than one that has not begun.
    boolean isItsTurn = line.isEmpty() || share.bytes > 0 || areSendersSlow();
    if (isItsTurn && fits(share, wanted)) {
      give(share, wanted);
      return Future.succeededFuture();
    }
    Waiting waiting = new Waiting(share, wanted, share.context.promise());
    share.waiting = waiting;
    line.add(waiting);
    watch(share.context.owner());
    return waiting.promise.future();
  }

  private void give(Share share, long bytes) {
    hold(share, bytes, share.bytes == 0 && bytes < share.claim);
    var unused = bytes > 0 && held.add(share);
  }

  private void hold(Share share, long bytes, boolean hasJustBegun) {
    free -= bytes - share.bytes;
    ofBeginnings += (hasJustBegun ? bytes : 0) - (share.hasJustBegun ? share.bytes : 0);
    share.hasJustBegun = hasJustBegun;
    share.bytes = bytes;
  }

  /**
   * Whether all could still be read to their end, one after the other, once the share has grown.
   */
  private boolean fits(Share share, long bytes) {
    long left = free - (bytes - share.bytes);
    // Beginnings of many bodies would leave room to finish only a few of them at a time.
    boolean isBeginning = share.bytes == 0 && bytes < share.claim && !held.isEmpty();
    if (isBeginning && ofBeginnings + bytes > total / 2) {
      return false;
    }
    if (left < 0 || left >= largestClaim) {
      return left >= 0;
    }
    long now = System.nanoTime();
    boolean isOwnCounted = false;
    Collection<Share> unfinished = held;
    int before;
    do {
      before = unfinished.size() + (isOwnCounted ? 0 : 1);
      if (!isOwnCounted && share.claim - bytes <= left) {
        left += bytes;
        isOwnCounted = true;
      }
      List<Share> rest = new ArrayList<>();
      for (Share other : unfinished) {
        if (left >= largestClaim && isOwnCounted) {
          return true;
        }
        if (other == share || other.isStalled(now)) {
          continue;
        }
        if (other.claim - other.bytes <= left) {
          left += other.bytes;
        } else {
          rest.add(other);
        }
      }
      unfinished = rest;
    } while (unfinished.size() + (isOwnCounted ? 0 : 1) < before && !unfinished.isEmpty());
    return unfinished.isEmpty() && (isOwnCounted || share.claim - bytes <= left);
  }

  private void giveBack(Share share, long kept) {
    List<Waiting> served = new ArrayList<>();
    synchronized (this) {
      hold(share, kept, share.hasJustBegun);
      if (kept == 0) {
        held.remove(share);
      }
      if (!line.isEmpty()) {
        boolean areAllServed = serveGrowing(served);
        if (areAllServed || areSendersSlow()) {
          serveBeginning(served);
        }
      }
    }
    // Later, so that nothing is left of the body whose memory it was.
    served.forEach(
        waiting -> waiting.share.context.runOnContext(turn -> waiting.promise.complete()));
  }

  /**
   * Bodies that hold memory come first: the sooner they are whole, the sooner they give it back.
   * The one that lacks least can always be read to its end; while slow senders are given up, the
   * newest has a turn as well. Whether all are served.
   */
  private boolean serveGrowing(List<Waiting> served) {
    while (true) {
      Waiting least = null;
      Waiting newest = null;
      for (Waiting waiting : line) {
        if (waiting.share.bytes > 0) {
          newest = waiting;
          least = least == null || waiting.lacks() < least.lacks() ? waiting : least;
        }
      }
      if (least == null || newest == null) {
        return true;
      }
      boolean isForNewest = isNewestsTurn && areSendersSlow();
      isNewestsTurn = !isForNewest;
      if (!serve(isForNewest ? newest : least, served)) {
        isNewestsTurn = isForNewest;
        // What the newest lacks comes together only if no other takes it.
        if (!isForNewest || held.stream().anyMatch(share -> share.isSendersTurn)) {
          return false;
        }
        isNewestsTurn = false;
      }
    }
  }

  /**
   * In the order of their arrival; while slow senders are given up, the newest has every other
   * turn, so that it does not wait until all slow ones before it had theirs.
   */
  private void serveBeginning(List<Waiting> served) {
    boolean isServed = true;
    while (isServed) {
      Waiting newest = areSendersSlow() ? firstBeginning(line.reversed()) : null;
      isServed = newest != null && serve(newest, served);
      Waiting oldest = firstBeginning(line);
      isServed |= oldest != null && serve(oldest, served);
    }
  }

  private static @Nullable Waiting firstBeginning(Collection<Waiting> ordered) {
    for (Waiting waiting : ordered) {
      if (waiting.share.bytes == 0) {
        return waiting;
      }
    }
    return null;
  }

  /** Whether some were given up lately. */
  private boolean areSendersSlow() {
    return slowLooksAhead > 0;
  }

  private boolean serve(Waiting waiting, List<Waiting> served) {
    boolean isServed = fits(waiting.share, waiting.bytes);
    if (isServed) {
      give(waiting.share, waiting.bytes);
      waiting.share.waiting = null;
      line.remove(waiting);
      served.add(waiting);
    }
    return isServed;
  }

  private synchronized void leaveLine(Share share) {
    if (share.waiting != null) {
      line.remove(share.waiting);
      share.waiting = null;
    }
  }

  private void watch(Vertx vertx) {
    if (!isWatched) {
      isWatched = true;
      var unused = Timer.once(vertx, LOOK, () -> look(vertx));
    }
  }

  private void look(Vertx vertx) {
    List<Share> givenUp;
    synchronized (this) {
      isWatched = false;
      givenUp = line.isEmpty() ? List.of() : inTheWay();
      slowLooksAhead = givenUp.isEmpty() ? Math.max(0, slowLooksAhead - 1) : 2 * SLOW_LOOKS;
      if (!line.isEmpty() || slowLooksAhead > 0) {
        watch(vertx);
      }
    }
    givenUp.forEach(share -> share.context.runOnContext(now -> share.giveUp.run()));
  }

  /** Bodies that arrive too slowly, as many as the line needs; the last one if all wait. */
  private List<Share> inTheWay() {
    List<Share> slow = new ArrayList<>(held.stream().filter(Share::isSlow).toList());
    slow.sort(Comparator.comparingLong((Share share) -> share.bytes).reversed());
    long ofSlow = slow.stream().mapToLong(share -> share.bytes).sum();
    long wanted = 0;
    long wantedToBegin = 0;
    long claim = 0;
    for (Waiting waiting : line) {
      wanted += waiting.bytes - waiting.share.bytes;
      wantedToBegin += waiting.share.bytes == 0 ? waiting.bytes : 0;
      claim = Math.max(claim, waiting.share.claim);
    }
    long missing = Math.max(wanted - free, claim - (total - ofSlow));
    missing = Math.max(missing, wantedToBegin - (total / 2 - ofBeginnings));
    List<Share> givenUp = new ArrayList<>();
    for (Share share : slow) {
      if (givenUp.isEmpty() || missing > 0) {
        givenUp.add(share);
        missing -= share.bytes;
      }
    }
    boolean isStuck = !held.isEmpty() && held.stream().allMatch(share -> share.waiting != null);
    stuckLooks = isStuck ? stuckLooks + 1 : 0;
    if (stuckLooks >= SLOW_LOOKS) {
      line.stream()
          .map(Waiting::share)
          .filter(share -> share.bytes > 0)
          .reduce((before, last) -> last)
          .ifPresent(givenUp::add);
    }
    return givenUp.stream().distinct().toList();
  }
}
