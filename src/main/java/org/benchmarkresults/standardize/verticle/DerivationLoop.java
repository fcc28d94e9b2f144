package org.benchmarkresults.standardize.verticle;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.benchmarkresults.model.derivation.DeriveRequest;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Does one piece of work after the other: what was just stored first, the sweep when there is none.
 * Confined to one event loop.
 */
final class DerivationLoop {
  /** Results derived together while saves arrive; the rest after them is that much shorter. */
  private static final int BATCH_UNDER_LOAD = 16;

  /**
   * Otherwise: some are read while others are stored. The data of small ones take 16 MB at most.
   */
  private static final int BATCH = 256;

  /** Under a steady load the sweep has its turn after this many batches. */
  private static final int BATCHES_BEFORE_SWEEP = 8;

  private static final Duration UNAVAILABLE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final DeriveQueue queue;
  private final StoredDeriver deriver;
  private final Sweep sweep;
  private final DutyCycle duty;
  private final LongSupplier nanoTime;
  private @Nullable Timer timer;
  private boolean isWorking;
  private boolean isResting;
  private boolean isClosed;
  private int batches;
  private long nextSweep;
  private long notBefore;

  DerivationLoop(
      Vertx vertx,
      DeriveQueue queue,
      StoredDeriver deriver,
      Sweep sweep,
      DutyCycle duty,
      LongSupplier nanoTime) {
    this.vertx = vertx;
    this.queue = queue;
    this.deriver = deriver;
    this.sweep = sweep;
    this.duty = duty;
    this.nanoTime = nanoTime;
    nextSweep = nanoTime.getAsLong();
    notBefore = nextSweep;
  }

  /** A save has arrived; a rest goes on. */
  void saved() {
    duty.saved();
    if (!isResting) {
      next();
    }
  }

  void stop() {
    isClosed = true;
    cancelTimer();
  }

  /** Begins the next piece of work, unless one is under way or it is time to rest. */
  void next() {
    if (isWorking || isClosed) {
      return;
    }
    cancelTimer();
    isResting = false;
    long now = nanoTime.getAsLong();
    Duration pause = longer(duty.pause(), Duration.ofNanos(notBefore - now));
    if (pause.isPositive()) {
      isResting = true;
      timer = Timer.once(vertx, pause, this::next);
      return;
    }
    boolean isSweepDue = nextSweep - now <= 0;
    boolean isSweepTurn = isSweepDue && batches >= BATCHES_BEFORE_SWEEP;
    List<DeriveRequest> stored = isSweepTurn ? List.of() : queue.take(batch());
    if (!stored.isEmpty()) {
      batches++;
      work(deriver.derive(stored, duty.isLoaded()).map(this::afterBatch));
    } else if (isSweepDue) {
      batches = 0;
      work(sweep.step(batch(), duty.isLoaded()).map(this::afterSweep));
    } else {
      timer = Timer.once(vertx, Duration.ofNanos(nextSweep - now), this::next);
    }
  }

  private int batch() {
    return duty.isLoaded() ? BATCH_UNDER_LOAD : BATCH;
  }

  private void work(Future<?> piece) {
    isWorking = true;
    long began = nanoTime.getAsLong();
    var unused =
        piece.onComplete(
            ended -> {
              isWorking = false;
              duty.worked(Duration.ofNanos(nanoTime.getAsLong() - began));
              next();
            });
  }

  /** Results that were not derived are left to the sweep. */
  private Void afterBatch(boolean isComplete) {
    if (!isComplete) {
      notBefore = nanoTime.getAsLong() + UNAVAILABLE.toNanos();
    }
    return null;
  }

  private Void afterSweep(Duration wait) {
    nextSweep = nanoTime.getAsLong() + wait.toNanos();
    return null;
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
