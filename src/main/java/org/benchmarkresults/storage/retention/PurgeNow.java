package org.benchmarkresults.storage.retention;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.storage.mongo.Contention;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.retention.DeletedCopies.Copy;

/**
 * Removes results of one stage for good at once: a result is deleted, then its copy is purged with
 * all that belongs to it, until neither is there. A restore that is under way is not waited for.
 * Doing it again is harmless, and removes what writers that were under way have written meanwhile.
 */
public final class PurgeNow {
  private static final int MOST_ATTEMPTS = 100;

  /** The outcome for one name. */
  public enum Outcome {
    /** Nothing of the result is left. */
    PURGED,
    /** The result has another version, or the name another result. */
    OTHER,
    /** There is no such result. */
    GONE,
    /** Too many others write it. */
    BUSY
  }

  /**
   * The result that is to be purged.
   *
   * @param wanted whether a result of the name is the one, as it was shown
   * @param same whether it is the one in any version
   * @param deletedOnly whether a live result stays, and other deletions of the name too
   * @param note writes the audit entry, before anything is removed
   */
  public record Target(
      RowRef ref,
      Predicate<ResultSummary> wanted,
      Predicate<ResultSummary> same,
      boolean deletedOnly,
      Supplier<Future<?>> note) {
    private String resultName() {
      return ref.resultName();
    }
  }

  private final Vertx vertx;
  private final Clock clock;
  private final Stage stage;
  private final Supplier<Future<Void>> durable;
  private final Deletions deletions;
  private final DerivedData derived;
  private final Purge purge;

  PurgeNow(OpenDatabase database, Stage stage, Deletions deletions, DerivedData derived) {
    vertx = database.vertx();
    clock = database.clock();
    this.stage = stage;
    durable = database.durable();
    this.deletions = deletions;
    this.derived = derived;
    purge =
        new Purge(
            database.clients(), database.collections(), stage, name -> Future.succeededFuture());
  }

  /**
   * Purges a result.
   *
   * <p>Succeeds with what became of it once that is safe; fails with {@code Unavailable}, after
   * which it can be done again.
   */
  public Future<Outcome> purge(Target target) {
    return attempt(target, false, MOST_ATTEMPTS);
  }

  /**
   * Purges a result once more that was purged before: if a restore that was under way has put it
   * back and a later version was saved since, that stays, without the versions that were purged.
   */
  public Future<Outcome> purgeAgain(Target target) {
    return purge(target)
        .compose(
            outcome ->
                outcome == Outcome.OTHER && !target.deletedOnly
                    ? purge.removeVersions(target.ref).map(outcome)
                    : Future.succeededFuture(outcome));
  }

  private Future<Outcome> attempt(Target target, boolean noted, int attempts) {
    return target.deletedOnly
        ? copies(target, new Live(false, false), noted, attempts)
        : deletions
            .delete(target.resultName(), target.wanted, null)
            .map(
                outcome ->
                    switch (outcome) {
                      case DeleteOutcome.Deleted deleted -> new Live(true, false);
                      case DeleteOutcome.NotThere none -> new Live(false, false);
                      case DeleteOutcome.OtherVersion other -> new Live(false, true);
                    })
            .compose(live -> copies(target, live, noted, attempts));
  }

  /**
   * The state of the live result.
   *
   * @param deleted whether it was deleted just now
   * @param isOther whether there is another one, or another version
   */
  private record Live(boolean deleted, boolean isOther) {}

  private Future<Outcome> copies(Target target, Live live, boolean noted, int attempts) {
    return purge
        .copies(target.resultName())
        .compose(
            found -> {
              List<Copy> wanted =
                  found.stream()
                      .filter(copy -> target.wanted.test(copy.result().summary()))
                      .toList();
              if (wanted.isEmpty()) {
                return ended(target, live.deleted || noted, live.isOther, found);
              }
              List<Copy> all = new ArrayList<>(wanted);
              if (live.deleted) {
                // Earlier deletions of the name go too; first, for this one marks what is to do.
                all.addAll(0, found.stream().filter(copy -> !wanted.contains(copy)).toList());
              }
              return (noted ? Future.succeededFuture() : target.note.get())
                  .compose(written -> remove(all))
                  .compose(
                      removed ->
                          removed
                              ? attempt(target, true, attempts - 1)
                              : again(target, attempts - 1));
            });
  }

  private Future<Outcome> again(Target target, int attempts) {
    return attempts <= 0
        ? Future.succeededFuture(Outcome.BUSY)
        : Contention.pause(vertx).compose(waited -> attempt(target, true, attempts));
  }

  private Future<Outcome> ended(Target target, boolean purged, boolean isOther, List<Copy> others) {
    boolean isDeletedAgain =
        others.stream().anyMatch(copy -> target.same.test(copy.result().summary()));
    return purge
        .removeUnheld(target.resultName())
        .compose(
            removed ->
                target.deletedOnly || isOther
                    ? Future.succeededFuture()
                    : derived.purged(stage, target.ref))
        .compose(removed -> durable.get())
        .map(
            safe ->
                purged ? Outcome.PURGED : isOther || isDeletedAgain ? Outcome.OTHER : Outcome.GONE);
  }

  /** Succeeds with whether all were removed. */
  private Future<Boolean> remove(List<Copy> copies) {
    if (copies.isEmpty()) {
      return Future.succeededFuture(true);
    }
    Copy copy = copies.get(0);
    Instant now = Instant.ofEpochMilli(clock.millis());
    return derived
        .purged(stage, copy.result().summary().ref())
        .compose(gone -> purge.remove(copy, now.plusMillis(1), now))
        .compose(
            removed ->
                removed ? remove(copies.subList(1, copies.size())) : Future.succeededFuture(false));
  }
}
