package org.benchmarkresults.storage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.storage.alias.AliasStore;
import org.benchmarkresults.storage.annotation.AnnotationIndexes;
import org.benchmarkresults.storage.annotation.AnnotationService;
import org.benchmarkresults.storage.attachment.AttachmentIndexes;
import org.benchmarkresults.storage.attachment.AttachmentService;
import org.benchmarkresults.storage.derivation.DerivationIndexes;
import org.benchmarkresults.storage.derivation.ObservationService;
import org.benchmarkresults.storage.imports.ImportPositions;
import org.benchmarkresults.storage.index.IndexKeeper;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.DatabaseClock;
import org.benchmarkresults.storage.mongo.EmbeddedMongo;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.observation.ObservationIndexes;
import org.benchmarkresults.storage.observation.search.ObservationSearchService;
import org.benchmarkresults.storage.observation.values.ObservedValues;
import org.benchmarkresults.storage.operation.BulkIndexes;
import org.benchmarkresults.storage.operation.BulkService;
import org.benchmarkresults.storage.retention.RetentionService;
import org.benchmarkresults.storage.save.SaveService;
import org.benchmarkresults.storage.search.SearchService;
import org.benchmarkresults.storage.security.ApiKeyStore;
import org.benchmarkresults.storage.security.AuditTrail;
import org.jspecify.annotations.Nullable;

/**
 * Owns the database clients and deploys the storage services on the bus. It starts without waiting
 * for the database; indexes are created as soon as it is available.
 */
public final class StorageVerticle extends VerticleBase {
  private static final Duration FIRST_CONNECTION = Duration.ofSeconds(2);

  private final Config.Mongo config;
  private final Config.Retention retention;
  private final Bus bus;
  private final MeterRegistry meters;
  private final OpenTelemetry traces;
  private final boolean isAudited;
  private @Nullable EmbeddedMongo embedded;
  private @Nullable MongoClients clients;
  private final DatabaseClock databaseClock;

  /** Without metrics, tracing and audit log, for tests and commands. */
  public StorageVerticle(Config.Mongo config, Config.Retention retention, Bus bus, Clock clock) {
    this(config, retention, bus, clock, new CompositeMeterRegistry(), OpenTelemetry.noop(), false);
  }

  /**
   * @param isAudited whether the retention writes audit entries
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
   * Serves once the database has answered, so that other nodes send no requests during the first
   * connection; after a timeout also without it.
   */
  private Future<?> open(String url, Supplier<Future<Void>> durable) {
    MongoClients opened = MongoClients.open(vertx, url, config, meters, traces);
    clients = opened;
    OpenDatabase database =
        new OpenDatabase(
            vertx,
            opened,
            CollectionNames.standard(),
            databaseClock,
            durable,
            !config.embedded(),
            meters);
    IndexKeeper indexes =
        new IndexKeeper(
            database,
            Stream.of(
                    AnnotationIndexes.all(database.collections()),
                    ObservationIndexes.all(database.collections()),
                    DerivationIndexes.all(database.collections()),
                    BulkIndexes.all(database.collections()),
                    AttachmentIndexes.all(database.collections()))
                .flatMap(List::stream)
                .toList());
    DatabaseStatus status =
        new DatabaseStatus(
            database, indexes, config.operationTimeout().multipliedBy(2), this::embeddedTrouble);
    // Each of the two clients discovers the servers itself.
    return Future.all(status.checkServer(), opened.ping())
        .timeout(FIRST_CONNECTION.toMillis(), TimeUnit.MILLISECONDS)
        .transform(answered -> Future.succeededFuture(serve(database, indexes, status)));
  }

  private OpenDatabase serve(OpenDatabase database, IndexKeeper indexes, DatabaseStatus status) {
    // A failed embedded database needs an operator, so that retries would only delay the error.
    Retry retry =
        new Retry(
            vertx, config.saveTimeout(), () -> bus.isShuttingDown() || embeddedTrouble() != null);
    Gauge.builder("storage.saves.retrying", retry, Retry::pending)
        .description("Saves that wait for the database to become available.")
        .register(meters);
    AuditTrail trail =
        new AuditTrail(database.clients(), database.durable(), database.clock(), retry);
    trail.serve(bus);
    AnnotationService annotations = AnnotationService.serve(bus, database, indexes, trail);
    SaveService.serve(bus, database, trail, retry, annotations);
    AttachmentService.serve(bus, database, trail, retry);
    SearchService.serve(bus, database, indexes);
    ObservedValues.serve(bus, database, indexes);
    ObservationSearchService.serve(bus, database, indexes);
    new ImportPositions(database.clients().vertxClient()).serve(bus);
    AliasStore.serve(bus, database, trail);
    new ApiKeyStore(database.clients().vertxClient()).serve(bus);
    ObservationService observations =
        new ObservationService(bus, database, indexes, config.saveTimeout());
    observations.serve(bus);
    RetentionService retentionService =
        new RetentionService(database, retention, trail, observations.derivedData(), annotations);
    retentionService.serve(bus);
    retentionService.begin(
        status::checkServer, config.operationTimeout(), isAudited ? trail : null);
    new BulkService(bus, database, retentionService, annotations.store(), trail)
        .serve(bus, database, indexes);
    status.serve(bus);
    return database;
  }

  private @Nullable String embeddedTrouble() {
    return embedded == null ? null : embedded.trouble();
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
