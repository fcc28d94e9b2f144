package org.benchmarkresults.storage.save;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.version.VersionRestore;
import org.benchmarkresults.model.version.VersionRestoreOutcome;
import org.benchmarkresults.model.version.VersionRestoreOutcome.AlreadyNewest;
import org.benchmarkresults.model.version.VersionRestoreOutcome.NoSuchVersion;
import org.benchmarkresults.model.version.VersionRestoreOutcome.OtherNewest;
import org.benchmarkresults.model.version.VersionRestoreOutcome.Written;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.group.GroupFind;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.Contention;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;

/**
 * Makes earlier versions of the results of one stage the newest again: a copy of the version's
 * document takes the place as a new version, which names the same chunks; nothing is overwritten.
 * Confined to one event loop.
 */
public final class VersionRestores {
  private final Vertx vertx;
  private final Clock clock;
  private final Stage stage;
  private final Supplier<Future<Void>> durable;
  private final StoredEventPublisher announcements;
  private final MongoClient client;
  private final String collection;
  private final String versionCollection;
  private final GroupFind finds;
  private final VersionStore versions;

  /**
   * @param durable succeeds when all that the database acknowledged before is on its disk
   */
  public VersionRestores(
      Vertx vertx,
      Clock clock,
      MongoClients clients,
      CollectionNames collections,
      Stage stage,
      Supplier<Future<Void>> durable,
      StoredEventPublisher announcements) {
    this.vertx = vertx;
    this.clock = clock;
    this.stage = stage;
    this.durable = durable;
    this.announcements = announcements;
    client = clients.vertxClient();
    collection = collections.results(stage);
    versionCollection = collections.versions(stage);
    finds = new GroupFind(clients.raw(collection));
    versions = new VersionStore(clients, versionCollection);
  }

  /**
   * Makes the version the newest.
   *
   * <p>Succeeds with what became of it once that is safe; fails with {@link Unavailable} when it is
   * not known, after which it may be asked again.
   */
  public Future<VersionRestoreOutcome> restore(VersionRestore asked) {
    return restore(asked, Contention.MOST_ATTEMPTS);
  }

  private Future<VersionRestoreOutcome> restore(VersionRestore asked, int attempts) {
    if (attempts == 0) {
      return Contention.tooBusy();
    }
    return finds
        .find(asked.resultName())
        .compose(
            found ->
                found
                    .filter(current -> asked.means(current.summary()))
                    .map(current -> restore(asked, current, attempts))
                    .orElseGet(() -> Future.succeededFuture(new NoSuchVersion())));
  }

  private Future<VersionRestoreOutcome> restore(
      VersionRestore asked, StoredResult current, int attempts) {
    ResultSummary newest = current.summary();
    if (asked.version() > newest.version()) {
      return Future.succeededFuture(new NoSuchVersion());
    }
    if (!asked.allows(newest)) {
      return Future.succeededFuture(new OtherNewest(newest.version(), newest.digest()));
    }
    return asked.version() == newest.version()
        ? Future.succeededFuture(new AlreadyNewest(newest))
        : versions
            .find(current, asked.version())
            .compose(earlier -> restore(asked, current, earlier, attempts));
  }

  private Future<VersionRestoreOutcome> restore(
      VersionRestore asked, StoredResult current, Optional<StoredResult> found, int attempts) {
    if (found.isEmpty()) {
      return Future.succeededFuture(new NoSuchVersion());
    }
    StoredResult earlier = found.get();
    if (isSame(earlier.summary(), current.summary())) {
      return Future.succeededFuture(new AlreadyNewest(current.summary()));
    }
    // To the millisecond, as the database keeps it.
    Instant now = Instant.ofEpochMilli(clock.millis());
    return replace(current, earlier, now)
        .compose(
            replaced ->
                replaced
                    ? durable.get().map(safe -> written(current, earlier, now))
                    : Contention.pause(vertx).compose(waited -> restore(asked, attempts - 1)));
  }

  private static boolean isSame(ResultSummary one, ResultSummary other) {
    return one.digest().equals(other.digest()) && one.envelope().equals(other.envelope());
  }

  /** Keeps the current version, then takes its place if nobody else did meanwhile. */
  private Future<Boolean> replace(StoredResult current, StoredResult earlier, Instant now) {
    return client
        .findOne(versionCollection, new JsonObject().put(ResultDocument.ID, earlier.id()), null)
        .recover(MongoFailures::translate)
        .compose(
            version ->
                version == null
                    ? Future.succeededFuture(false)
                    : keepCurrent(current)
                        .compose(
                            kept ->
                                kept
                                    ? swap(current, asNewest(version, current, now))
                                    : Future.succeededFuture(false)));
  }

  private Future<Boolean> keepCurrent(StoredResult current) {
    return client
        .findOne(collection, current.exactly(), null)
        .recover(MongoFailures::translate)
        .compose(
            document ->
                document == null
                    ? Future.succeededFuture(false)
                    : versions.keep(document, current.lineage()).map(true));
  }

  private static JsonObject asNewest(JsonObject version, StoredResult current, Instant now) {
    JsonObject newest =
        AnnotationFields.into(
            current.summary().annotations(), current.lineage().into(version.copy()));
    newest.remove(ResultDocument.RESULT_NAME);
    return newest
        .put(ResultDocument.ID, current.summary().resultName())
        .put(ResultDocument.VERSION, current.summary().version() + 1)
        .put(ResultDocument.RECEIVED_AT, ResultDocument.date(now))
        .put(
            ResultDocument.FIRST_RECEIVED_AT,
            ResultDocument.date(current.lineage().firstReceivedAt()));
  }

  private Future<Boolean> swap(StoredResult current, JsonObject newest) {
    return client
        .replaceDocumentsWithOptions(collection, current.exactly(), newest, new UpdateOptions())
        .recover(MongoFailures::translate)
        .map(replaced -> replaced.getDocMatched() == 1);
  }

  private VersionRestoreOutcome written(StoredResult current, StoredResult earlier, Instant now) {
    ResultSummary of = earlier.summary();
    ResultSummary summary =
        new ResultSummary(
            of.envelope(),
            of.instant(),
            current.summary().version() + 1,
            of.size(),
            of.digest(),
            of.nonFinite(),
            now,
            current.summary().firstReceivedAt(),
            current.summary().annotations());
    announcements.tell(stage, summary);
    return new Written(summary);
  }
}
