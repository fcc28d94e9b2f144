package org.benchmarkresults.storage.retention;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mongo.MongoClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.retention.ResultRemoval;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.group.GroupFind;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.Contention;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.retention.DeletedCopies.Written;
import org.benchmarkresults.storage.security.PlannedEntry;
import org.jspecify.annotations.Nullable;

/**
 * Deletes and restores the results of one stage, on any number of nodes at once and without
 * transactions: a result is copied before it is removed, removed only as it was copied, and put
 * back in a new life. Whatever is cut short leaves both documents, never none. Confined to one
 * event loop.
 */
public final class Deletions {
  /**
   * The result that is deleted under a name.
   *
   * @param meant what does not fit is not there
   * @param wanted what does not fit is there as another version
   */
  private record Condition(
      Predicate<ResultSummary> meant,
      Predicate<ResultSummary> wanted,
      @Nullable PlannedEntry change) {}

  private final Vertx vertx;
  private final Clock clock;
  private final Duration deletedFor;
  private final Supplier<Future<Void>> durable;
  private final Stage stage;
  private final DerivedData derived;
  private final MongoClient client;
  private final String collection;
  private final GroupFind finds;
  private final DeletedCopies copies;
  private final Restores restores;

  /**
   * @param deletedFor how long what is deleted can be restored; zero for ever
   * @param durable succeeds when all that the database acknowledged before is on its disk
   * @param derived what was derived from the results
   */
  public Deletions(
      Vertx vertx,
      Clock clock,
      MongoClients clients,
      CollectionNames collections,
      Stage stage,
      Duration deletedFor,
      Supplier<Future<Void>> durable,
      DerivedData derived) {
    this.vertx = vertx;
    this.stage = stage;
    this.derived = derived;
    this.clock = clock;
    this.deletedFor = deletedFor;
    this.durable = durable;
    client = clients.vertxClient();
    collection = collections.results(stage);
    finds = new GroupFind(clients.raw(collection));
    String deleted = collections.deleted(stage);
    copies = new DeletedCopies(client, clients.raw(deleted), deleted);
    restores =
        new Restores(vertx, clock, client, collection, stage, durable, derived, finds, copies);
  }

  /**
   * Deletes a result, if it is as wanted when it is removed; one that is not meant is not there.
   *
   * <p>Succeeds with what became of it once that is safe; fails with {@link Unavailable} when it is
   * not known, after which it may be asked again.
   */
  public Future<DeleteOutcome> delete(ResultRemoval removal) {
    return delete(
        removal.resultName(),
        new Condition(
            removal::means,
            removal::allows,
            removal.change() == null ? null : PlannedEntry.of(removal.change())),
        Contention.MOST_ATTEMPTS);
  }

  /**
   * Deletes a result whatever its benchmark, if it is as wanted when it is removed.
   *
   * @param change for the audit trail; null for none
   */
  public Future<DeleteOutcome> delete(
      String resultName, Predicate<ResultSummary> wanted, @Nullable PlannedEntry change) {
    return delete(resultName, new Condition(any -> true, wanted, change), Contention.MOST_ATTEMPTS);
  }

  private Future<DeleteOutcome> delete(String resultName, Condition condition, int attempts) {
    if (attempts == 0) {
      return Contention.tooBusy();
    }
    return finds
        .find(resultName)
        .compose(
            found -> {
              if (found.isEmpty() || !condition.meant.test(found.get().summary())) {
                return Future.succeededFuture(new DeleteOutcome.NotThere());
              }
              ResultSummary summary = found.get().summary();
              return condition.wanted.test(summary)
                  ? delete(found.get(), condition, attempts)
                  : Future.succeededFuture(
                      new DeleteOutcome.OtherVersion(summary.version(), summary.digest()));
            });
  }

  private Future<DeleteOutcome> delete(StoredResult current, Condition condition, int attempts) {
    Instant now = now();
    return move(current, now, condition.change)
        .compose(
            moved ->
                moved
                    ? durable
                        .get()
                        .compose(safe -> derived.deleted(stage, current.summary()))
                        .map(deleted(now))
                    : Contention.pause(vertx)
                        .compose(
                            waited ->
                                delete(current.summary().resultName(), condition, attempts - 1)));
  }

  private DeleteOutcome deleted(Instant now) {
    return new DeleteOutcome.Deleted(now, deletedFor.isZero() ? null : now.plus(deletedFor));
  }

  /** Succeeds with whether the result was copied and removed; false when it is another one now. */
  private Future<Boolean> move(StoredResult current, Instant now, @Nullable PlannedEntry change) {
    String deletion = DeletedCopies.newDeletion();
    return client
        .findOne(collection, current.exactly(), null)
        .recover(MongoFailures::translate)
        .compose(
            document ->
                document == null
                    ? Future.succeededFuture(false)
                    : copies
                        .write(current, document, deletion, now, change)
                        .compose(written -> removeCopied(current, written, deletion)));
  }

  private Future<Boolean> removeCopied(StoredResult current, Written written, String deletion) {
    return switch (written) {
      case NOT -> Future.succeededFuture(false);
      // Another deletion of this life may rely on the copy that this one wrote over its own.
      case OVER_ANOTHER -> remove(current);
      case ANEW ->
          remove(current)
              .compose(
                  removed ->
                      removed
                          ? Future.succeededFuture(true)
                          : withoutStaleCopy(current, deletion).map(false));
    };
  }

  private Future<Boolean> remove(StoredResult current) {
    return client
        .removeDocument(collection, current.exactly())
        .recover(MongoFailures::translate)
        .map(removed -> removed.getRemovedCount() == 1);
  }

  /**
   * The copy was written anew when its life had been deleted by another and restored or purged
   * since: then it is of no use to anybody. While the life goes on the next attempt needs it.
   */
  private Future<Void> withoutStaleCopy(StoredResult copied, String deletion) {
    return finds
        .find(copied.summary().resultName())
        .compose(
            found ->
                found.isPresent() && found.get().lineage().isSameLife(copied.lineage())
                    ? Future.succeededFuture()
                    : copies.removeWritten(copied, deletion).mapEmpty());
  }

  /**
   * Puts the latest deletion of the name that is meant back, with its earlier versions.
   *
   * <p>Succeeds with what became of it once that is safe; fails with {@link Unavailable} when it is
   * not known, after which it may be asked again.
   */
  public Future<RestoreOutcome> restore(ResultRef ref) {
    return restore(ref, any -> true);
  }

  /** The same; a latest deletion that is not wanted counts as none. */
  public Future<RestoreOutcome> restore(ResultRef ref, Predicate<ResultSummary> wanted) {
    return restores.restore(ref, wanted, Contention.MOST_ATTEMPTS);
  }

  private Instant now() {
    // To the millisecond, as the database keeps it.
    return Instant.ofEpochMilli(clock.millis());
  }
}
