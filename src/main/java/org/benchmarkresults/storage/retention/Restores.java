package org.benchmarkresults.storage.retention;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.group.GroupFind;
import org.benchmarkresults.storage.mongo.Contention;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.retention.DeletedCopies.Copy;

/** Restores deleted results of one stage; the other half of {@link Deletions}. */
final class Restores {
  private final Vertx vertx;
  private final Clock clock;
  private final MongoClient client;
  private final String collection;
  private final Stage stage;
  private final Supplier<Future<Void>> durable;
  private final DerivedData derived;
  private final GroupFind finds;
  private final DeletedCopies copies;

  Restores(
      Vertx vertx,
      Clock clock,
      MongoClient client,
      String collection,
      Stage stage,
      Supplier<Future<Void>> durable,
      DerivedData derived,
      GroupFind finds,
      DeletedCopies copies) {
    this.vertx = vertx;
    this.clock = clock;
    this.client = client;
    this.collection = collection;
    this.stage = stage;
    this.durable = durable;
    this.derived = derived;
    this.finds = finds;
    this.copies = copies;
  }

  /**
   * Puts the latest deletion of the name back, if it is wanted.
   *
   * @param attempts how often another writer may be faster
   */
  Future<RestoreOutcome> restore(ResultRef ref, Predicate<ResultSummary> wanted, int attempts) {
    if (attempts == 0) {
      return Contention.tooBusy();
    }
    return copies
        .newest(ref.resultName(), ref.benchmarkPrefix())
        .compose(
            newest ->
                newest.isEmpty() || !wanted.test(newest.get().result().summary())
                    ? Future.succeededFuture(new RestoreOutcome.NothingDeleted())
                    : restore(newest.get(), ref, wanted, attempts));
  }

  private Future<RestoreOutcome> restore(
      Copy copy, ResultRef ref, Predicate<ResultSummary> wanted, int attempts) {
    return finds
        .find(ref.resultName())
        .compose(live -> live.isEmpty() ? putBack(copy) : keepLive(live.get(), copy, ref))
        .compose(
            outcome ->
                outcome instanceof Attempt.Ended ended
                    ? durable.get().map(ended.outcome())
                    : Contention.pause(vertx)
                        .compose(waited -> restore(ref, wanted, attempts - 1)));
  }

  /** The outcome of one attempt to restore. */
  private sealed interface Attempt {
    record Ended(RestoreOutcome outcome) implements Attempt {}

    /** Another writer was faster. */
    record Overtaken() implements Attempt {}
  }

  private Future<Attempt> putBack(Copy copy) {
    StoredResult result = copy.result();
    int version = result.summary().version();
    return derived
        .restoring(stage, result.summary())
        .compose(noted -> copies.takeHold(copy, Instant.ofEpochMilli(clock.millis())))
        .compose(
            document ->
                document == null
                    ? Future.succeededFuture(false)
                    : insert(result.lineage().continued(version).into(document)))
        .compose(
            inserted ->
                inserted
                    ? copies
                        .removeUpTo(result, version)
                        .onSuccess(removed -> derived.restored(stage, result.summary()))
                        .map(removed -> restored(result))
                    : Future.succeededFuture(new Attempt.Overtaken()));
  }

  private Future<Boolean> insert(JsonObject document) {
    return client
        .insert(collection, document)
        .map(true)
        .recover(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? Future.succeededFuture(false)
                    : MongoFailures.translate(failure));
  }

  private static Attempt restored(StoredResult result) {
    return new Attempt.Ended(new RestoreOutcome.Restored(result.summary()));
  }

  /** A copy beside a live result is what was left by something cut short, or another result's. */
  private Future<Attempt> keepLive(StoredResult live, Copy copy, ResultRef ref) {
    StoredResult deleted = copy.result();
    if (live.lineage().isSameLife(deleted.lineage())) {
      return continueLive(live)
          .compose(
              continued ->
                  continued
                      ? copies
                          .removeUpTo(deleted, live.summary().version())
                          .map(removed -> restored(live))
                      : Future.succeededFuture(new Attempt.Overtaken()));
    }
    if (live.lineage().continues(deleted.lineage(), deleted.summary().version())) {
      return copies.removeUpTo(deleted, deleted.summary().version()).map(removed -> restored(live));
    }
    Integer version = ref.means(live.summary()) ? live.summary().version() : null;
    return Future.succeededFuture(new Attempt.Ended(new RestoreOutcome.NameInUse(version)));
  }

  /** In a new life, so that a deletion that is still under way lets go of it. */
  private Future<Boolean> continueLive(StoredResult live) {
    JsonObject lives = live.lineage().continued(live.summary().version()).into(new JsonObject());
    return client
        .updateCollectionWithOptions(
            collection, live.exactly(), new JsonObject().put("$set", lives), new UpdateOptions())
        .recover(MongoFailures::translate)
        .map(updated -> updated.getDocMatched() == 1);
  }
}
