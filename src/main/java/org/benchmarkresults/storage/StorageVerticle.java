package org.benchmarkresults.storage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.node.DatabaseState.Trouble;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.result.BatchOutcome;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.version.VersionList;
import org.benchmarkresults.storage.imports.ImportPositions;
import org.benchmarkresults.storage.mongo.Collections;
import org.benchmarkresults.storage.mongo.DatabaseClock;
import org.benchmarkresults.storage.mongo.EmbeddedMongo;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.retention.DeletionAudit;
import org.benchmarkresults.storage.retention.Deletions;
import org.benchmarkresults.storage.retention.Retention;
import org.benchmarkresults.storage.retention.RetentionForecast;
import org.benchmarkresults.storage.retention.RetentionSchedule;
import org.benchmarkresults.storage.save.Announcements;
import org.benchmarkresults.storage.save.BatchStore;
import org.benchmarkresults.storage.save.GroupCommit;
import org.benchmarkresults.storage.save.ResultStore;
import org.benchmarkresults.storage.save.VersionRestores;
import org.benchmarkresults.storage.search.BoundedCount;
import org.benchmarkresults.storage.search.DistinctValues;
import org.benchmarkresults.storage.search.Indexes;
import org.benchmarkresults.storage.search.ResultList;
import org.benchmarkresults.storage.search.RunKeys;
import org.benchmarkresults.storage.search.Runs;
import org.benchmarkresults.storage.search.Searches;
import org.benchmarkresults.storage.search.StoredSince;
import org.benchmarkresults.storage.search.VersionSearches;
import org.benchmarkresults.storage.security.AuditTrail;
import org.benchmarkresults.storage.security.Keys;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the database clients, serves the questions about results, closes. It starts whether the
 * database is there or not; the indexes are ensured once it is.
 */
public final class StorageVerticle extends VerticleBase {
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(StorageVerticle.class);

  /** A retention run whose steps get no answer for so many times the longest operation is given up. */
  private static final int SILENT_OPERATIONS = 60;

  /** Batches are groups already: so many under way keep the database busy. */
  private static final int BATCH_LANES = 2;

  private final Config.Mongo config;
  private final Config.Retention retention;
  private final Bus bus;
  private final MeterRegistry meters;
  private final OpenTelemetry traces;
  private final boolean isAudited;
  private final Map<Stage, ResultStore> stores = new EnumMap<>(Stage.class);
  private final Map<Stage, BatchStore> batches = new EnumMap<>(Stage.class);
  private final Map<Stage, VersionRestores> restores = new EnumMap<>(Stage.class);
  private final Map<Stage, ResultList> lists = new EnumMap<>(Stage.class);
  private final Map<Stage, Deletions> deletions = new EnumMap<>(Stage.class);
  private @Nullable EmbeddedMongo embedded;
  private @Nullable MongoClients clients;
  private @Nullable Future<Void> indexing;
  private @Nullable Future<Void> upgrading;

  /** Why the database answers but lets nothing be written; null where it does. */
  private @Nullable Trouble refusal;

  private final DatabaseClock databaseClock;

  /** Whether the server has told what it is. */
  private boolean isKnown;

  /** One whose meters and traces nobody reads. */
  public StorageVerticle(
      Config.Mongo config, Config.Retention retention, Bus bus, Clock clock) {
    this(config, retention, bus, clock, new CompositeMeterRegistry(), OpenTelemetry.noop(), false);
  }

  /**
   * @param isAudited whether the retention writes down what it deletes
   */
  public StorageVerticle(
      Config.Mongo config,
      Config.Retention retention,
      Bus bus,
      Clock clock,
      MeterRegistry meters,
      OpenTelemetry traces,
      boolean isAudited) {
    this.isAudited = isAudited;
    this.traces = traces;
    this.meters = meters;
    this.config = config;
    this.retention = retention;
    this.bus = bus;
    databaseClock = new DatabaseClock(clock, meters);
  }

  @Override
  public Future<?> start() {
    return config.embedded()
        ? vertx
            .executeBlocking(() -> EmbeddedMongo.open(vertx, Path.of(config.embeddedFolder())))
            .compose(this::serveEmbedded)
        : open(config.url().value(), Future::succeededFuture);
  }

  private Future<?> serveEmbedded(EmbeddedMongo opened) {
    embedded = opened;
    return open(opened.url(), opened::sync);
  }

  /**
   * Serves once the database has answered, so that other nodes ask this one nothing while its first
   * connection is made; or after a moment, for it may be away.
   */
  private Future<?> open(String url, Supplier<Future<Void>> durable) {
    MongoClients opened = MongoClients.open(vertx, url, config, meters, traces);
    clients = opened;
    // Each of the two clients looks for the server itself.
    return Future.all(ask(opened), opened.ping())
        .timeout(FIRST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .transform(answered -> Future.succeededFuture(serve(opened, durable)));
  }

  private MongoClients serve(MongoClients opened, Supplier<Future<Void>> durable) {
    Collections collections = Collections.of(config);
    Announcements announcements = new Announcements(bus);
    // The embedded database in trouble comes back when somebody mends it, not within a timeout.
    Retry retry =
        new Retry(vertx, config.saveTimeout(), () -> bus.isLeaving() || embeddedTrouble() != null);
    Gauge.builder("storage.saves.waiting", retry, Retry::waiting)
        .description("Saves that wait for a database that is away.")
        .register(meters);
    for (Stage stage : Stage.values()) {
      ResultStore store =
          new ResultStore(vertx, opened, collections, stage, durable, announcements, retry);
      stores.put(stage, store);
      batches.put(
          stage,
          new BatchStore(
              store,
              new GroupCommit(
                  opened.raw(collections.results(stage)),
                  BATCH_LANES,
                  durable,
                  meters,
                  "load"),
              retry));
      restores.put(
          stage,
          new VersionRestores(vertx, databaseClock, opened, collections, stage, durable, announcements));
      lists.put(stage, new ResultList(opened.reading(collections.results(stage))));
      deletions.put(
          stage,
          new Deletions(
              vertx, databaseClock, opened, collections, stage, retention.deletedFor(), durable));
    }
    bus.serve(Addresses.SAVE, result -> store(result.stage()).save(databaseClock.corrected(result)));
    bus.serve(
        Addresses.SAVE_ALL,
        batch ->
            Objects.requireNonNull(batches.get(batch.stage()))
                .save(batch.results().stream().map(databaseClock::corrected).toList())
                .map(BatchOutcome::new));
    StoredSince since = new StoredSince(opened, collections, !config.embedded());
    bus.serve(Addresses.STORED_SINCE, onceIndexed(
            opened,
            collections,
            query -> since.page(query).map(page -> page.at(databaseClock.instant()))));
    bus.serve(Addresses.FIND, ref -> store(ref.stage()).find(ref));
    bus.serve(Addresses.LIST, query -> list(query.stage()).outline(query));
    bus.serve(Addresses.SUMMARIES, query -> list(query.stage()).page(query));
    Map<Stage, Searches> present = searches(opened, collections, false);
    Map<Stage, Searches> deleted = searches(opened, collections, true);
    Map<Stage, VersionSearches> versions = versionSearches(opened, collections, present);
    bus.serve(
        Addresses.SEARCH,
        onceIndexed(
            opened,
            collections,
            search ->
                search.allVersions()
                    ? of(search, versions).page(search)
                    : among(search, present, deleted).page(search)));
    bus.serve(
        Addresses.COUNT,
        onceIndexed(
            opened,
            collections,
            search ->
                search.allVersions()
                    ? of(search, versions).count(search)
                    : among(search, present, deleted).count(search)));
    DistinctValues values =
        DistinctValues.of(opened, collections, !config.embedded(), DistinctValues.MOST_COUNTED);
    bus.serve(Addresses.VALUES, onceIndexed(opened, collections, values::page));
    Runs runs = Runs.of(opened, collections, !config.embedded(), RunKeys.FEW);
    bus.serve(Addresses.RUN, onceIndexed(opened, collections, runs::page));
    bus.serve(
        Addresses.CHUNK, ref -> store(ref.stage()).chunk(ref.upload(), ref.number()).map(Chunk::new));
    bus.serve(
        Addresses.VERSIONS,
        ref -> store(ref.stage()).versions(ref).map(VersionList::new));
    new ImportPositions(opened.vertxClient()).serve(bus);
    new Keys(opened.vertxClient()).serve(bus);
    AuditTrail trail = AuditTrail.of(opened, durable, retry);
    trail.serve(bus);
    Map<Stage, DeletionAudit> audits = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      audits.put(stage, new DeletionAudit(opened.vertxClient(), collections, stage, trail));
    }
    bus.serve(
        Addresses.DELETE,
        removal ->
            deletions(removal.stage())
                .delete(removal)
                .compose(
                    outcome ->
                        removal.change() == null
                            ? Future.succeededFuture(outcome)
                            : audit(audits, removal.stage())
                                .complete(removal.resultName())
                                .map(outcome)));
    // The copy, which may hold an entry that is not written yet, is gone behind a restore.
    bus.serve(
        Addresses.RESTORE,
        ref ->
            audit(audits, ref.stage())
                .complete(ref.resultName())
                .compose(written -> deletions(ref.stage()).restore(ref)));
    bus.serve(
        Addresses.RESTORE_VERSION,
        asked -> Objects.requireNonNull(restores.get(asked.stage())).restore(asked));
    RetentionForecast forecast =
        new RetentionForecast(opened, collections, retention, databaseClock);
    bus.serve(Addresses.RETENTION_PREVIEW, ask -> forecast.preview());
    RetentionSchedule.begin(
        vertx,
        new Retention(opened, collections, retention, deletions, databaseClock, durable, isAudited ? trail : null),
        () -> completeAudits(audits).compose(completed -> ask(opened)).recover(MongoFailures::understood).map(
            answer -> databaseClock.isGoodForRetention()),
        retention,
        config.operationTimeout().multipliedBy(SILENT_OPERATIONS));
    bus.serve(Addresses.DATABASE_STATUS, ask -> status(opened, collections));
    bus.serve(
        Addresses.DATABASE_TROUBLE,
        ask -> Future.succeededFuture(DatabaseState.away(kind(), opened.trouble().known())));
    return opened;
  }

  private static DeletionAudit audit(Map<Stage, DeletionAudit> audits, Stage stage) {
    return Objects.requireNonNull(audits.get(stage));
  }

  private static Future<?> completeAudits(Map<Stage, DeletionAudit> audits) {
    return Future.join(audits.values().stream().map(DeletionAudit::completeSome).toList());
  }

  private ResultStore store(Stage stage) {
    return Objects.requireNonNull(stores.get(stage));
  }

  private Map<Stage, Searches> searches(
      MongoClients opened, Collections collections, boolean deleted) {
    Map<Stage, Searches> searches = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      String collection = deleted ? collections.deleted(stage) : collections.results(stage);
      BoundedCount counting = new BoundedCount(opened.database(), collection);
      searches.put(
          stage, new Searches(opened.reading(collection), counting, deleted, !config.embedded()));
    }
    return searches;
  }

  private Map<Stage, VersionSearches> versionSearches(
      MongoClients opened, Collections collections, Map<Stage, Searches> present) {
    Map<Stage, VersionSearches> searches = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      String collection = collections.versions(stage);
      Searches earlier =
          new Searches(
              opened.reading(collection),
              new BoundedCount(opened.database(), collection),
              true,
              !config.embedded());
      searches.put(
          stage,
          new VersionSearches(
              Objects.requireNonNull(present.get(stage)),
              earlier,
              opened.reading(collections.results(stage))));
    }
    return searches;
  }

  private static VersionSearches of(Search search, Map<Stage, VersionSearches> searches) {
    return Objects.requireNonNull(searches.get(search.stage()));
  }

  private static Searches among(
      Search search, Map<Stage, Searches> present, Map<Stage, Searches> deleted) {
    return Objects.requireNonNull((search.deleted() ? deleted : present).get(search.stage()));
  }

  private ResultList list(Stage stage) {
    return Objects.requireNonNull(lists.get(stage));
  }

  private Deletions deletions(Stage stage) {
    return Objects.requireNonNull(deletions.get(stage));
  }

  private @Nullable String embeddedTrouble() {
    return embedded == null ? null : embedded.trouble();
  }

  private Future<DatabaseState> status(MongoClients opened, Collections collections) {
    String trouble = embeddedTrouble();
    if (trouble != null) {
      return Future.succeededFuture(new DatabaseState(kind(), false, false, null, trouble));
    }
    long asked = System.nanoTime();
    return ask(opened)
        .map(pong -> (System.nanoTime() - asked) / 1_000)
        .map(
            micros -> {
              Future<Void> indexes = ensureIndexes(opened, collections);
              if (indexes.succeeded()) {
                upgrade(opened, collections);
              }
              return refusal == null
                  ? connected(indexes, micros)
                  : DatabaseState.away(kind(), refusal);
            })
        .otherwise(
            failure -> {
              forgetUnfinished();
              return DatabaseState.away(kind(), opened.trouble().of(failure));
            });
  }

  /**
   * The driver may forget what was under way on a connection that is cut; it is begun anew once the
   * database is back. Done twice it does no harm.
   */
  private void forgetUnfinished() {
    indexing = indexing != null && indexing.succeeded() ? indexing : null;
    upgrading = upgrading != null && upgrading.succeeded() ? upgrading : null;
  }

  private Future<JsonObject> ask(MongoClients opened) {
    return databaseClock
        .ask(opened.vertxClient())
        .timeout(2 * config.operationTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(this::warnOfStandalone);
  }

  private void warnOfStandalone(JsonObject server) {
    boolean isAlone = !server.containsKey("setName") && !"isdbgrid".equals(server.getString("msg"));
    if (isAlone && !isKnown && !config.embedded()) {
      LOG.warn(
          "the MongoDB is a standalone server: what it acknowledged is lost with its disk; use a"
              + " replica set");
    }
    isKnown = true;
  }

  /** Making indexes takes long where there are many results; what is known now is told now. */
  private DatabaseState connected(Future<Void> indexes, long micros) {
    String missing =
        indexes.succeeded()
            ? null
            : indexes.failed() ? "The indexes are not there yet." : "The indexes are being made.";
    return new DatabaseState(
        kind(),
        true,
        missing == null,
        micros,
        missing,
        null,
        databaseClock.difference().toMillis());
  }

  /** A database that is away is told of by the health check; what was not done is tried again. */
  private void warn(String what, Throwable failure) {
    if (failure instanceof Unavailable || refusal != null) {
      LOG.debug(what, failure);
    } else {
      LOG.atWarn().setCause(failure).log(what);
    }
  }

  /** In the background, once; what fails is tried again at the next check. */
  private void upgrade(MongoClients opened, Collections collections) {
    if (upgrading == null || upgrading.failed()) {
      upgrading =
          new InstantUpgrade(opened, collections)
              .run()
              .onFailure(
                  failure -> warn("results could not be upgraded", failure));
    }
  }

  /** Once they are there they are not asked for again; the embedded database has none. */
  private Future<Void> ensureIndexes(MongoClients opened, Collections collections) {
    if (config.embedded()) {
      return Future.succeededFuture();
    }
    if (indexing == null || indexing.failed()) {
      indexing =
          Indexes.ensure(opened, collections)
              .onFailure(
                  failure -> {
                    refusal = opened.trouble().refusal(failure);
                    warn("indexes could not be ensured", failure);
                  })
              .onSuccess(made -> refusal = null);
    }
    return indexing;
  }

  /** For questions that name the index that answers them: without it they are mistakes. */
  private <Q, A> Function<Q, Future<A>> onceIndexed(
      MongoClients opened, Collections collections, Function<Q, Future<A>> answer) {
    return question ->
        ensureIndexes(opened, collections)
            .recover(
                failure ->
                    Future.failedFuture(new Unavailable("The indexes are not there yet.", failure)))
            .compose(done -> answer.apply(question));
  }

  private String kind() {
    return config.embedded() ? "embedded" : "mongodb";
  }

  @Override
  public Future<?> stop() {
    Future<Void> closed = clients == null ? Future.succeededFuture() : clients.close(vertx);
    return closed.eventually(
        () ->
            vertx.executeBlocking(
                () -> {
                  if (embedded != null) {
                    embedded.close();
                  }
                  return null;
                }));
  }
}
