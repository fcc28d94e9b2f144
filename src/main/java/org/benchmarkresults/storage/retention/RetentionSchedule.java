package org.benchmarkresults.storage.retention;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.retention.RetentionRun;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks now and then whether it is time for the retention, and logs what it did. A failure is logged
 * when it begins, not again while it lasts. Ends with the verticle it began in.
 */
public final class RetentionSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionSchedule.class);

  /** The longest delay before a due run begins on one of the nodes. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Retention retention;
  private final Supplier<Future<Boolean>> isClockRight;
  private boolean isClockWrong;
  private final Duration longestSilence;
  private boolean running;
  private boolean failing;
  private long begunNanos;

  /** A run that is given up ends as one of the past, or never. */
  private int runs;

  private RetentionSchedule(
      Retention retention, Supplier<Future<Boolean>> isClockRight, Duration longestSilence) {
    this.longestSilence = longestSilence;
    this.retention = retention;
    this.isClockRight = isClockRight;
  }

  /**
   * @param longestSilence after which a run is given up that gets no answer: the driver may forget
   *     what was under way on a connection that is cut
   */
  public static void begin(
      Vertx vertx,
      Retention retention,
      Supplier<Future<Boolean>> isClockRight,
      Config.Retention config,
      Duration longestSilence) {
    RetentionSchedule schedule = new RetentionSchedule(retention, isClockRight, longestSilence);
    Duration pause =
        config.interval().compareTo(LONGEST_PAUSE) < 0 ? config.interval() : LONGEST_PAUSE;
    Timer unused = Timer.periodic(vertx, pause, schedule::ask);
  }

  private void ask() {
    if (running && !isLost()) {
      return;
    }
    running = true;
    begunNanos = System.nanoTime();
    int run = ++runs;
    var unused =
        isClockRight
            .get()
            .compose(this::turn)
            .onComplete(ended -> running = running && run != runs)
            .onSuccess(this::ended)
            .onFailure(this::failed);
  }

  private boolean isLost() {
    long longAgo = System.nanoTime() - longestSilence.toNanos();
    boolean lost = begunNanos - longAgo < 0 && retention.isSilentSince(longAgo);
    if (lost) {
      LOG.warn("a retention run got no answer from the database; another begins");
    }
    return lost;
  }

  /** A wrong clock would remove for good what was deleted a moment ago. */
  private Future<Optional<RetentionRun>> turn(boolean isRight) {
    if (isRight == isClockWrong) {
      isClockWrong = !isRight;
      if (isClockWrong) {
        LOG.warn("no retention while the clock of this node differs from the database's");
      } else {
        LOG.info("retention resumes: the clock of this node agrees with the database's");
      }
    }
    return isRight ? retention.turn() : Future.succeededFuture(Optional.empty());
  }

  private void ended(Optional<RetentionRun> run) {
    if (failing) {
      LOG.info("retention works again");
    }
    failing = false;
    run.filter(done -> done.deleted() + done.purged() + done.swept() > 0)
        .ifPresent(
            done ->
                LOG.atInfo()
                    .addKeyValue("deleted", done.deleted())
                    .addKeyValue("purged", done.purged())
                    .addKeyValue("swept", done.swept())
                    .log("retention ran"));
  }

  private void failed(Throwable failure) {
    if (!failing) {
      @Nullable Throwable bug = failure instanceof Unavailable ? null : failure;
      (bug == null ? LOG.atWarn() : LOG.atError())
          .addKeyValue("reason", failure.getMessage())
          .setCause(bug)
          .log("retention failed; the next run does the rest");
    }
    failing = true;
  }
}
