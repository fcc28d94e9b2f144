package org.benchmarkresults.storage.observation;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.bus.Address;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.bus.Topics;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.derivation.DerivedResult;
import org.benchmarkresults.model.derivation.PendingPage;
import org.benchmarkresults.model.derivation.PendingQuery;
import org.benchmarkresults.model.event.ObservedEvent;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.ResultRemoval;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.storage.SetClock;
import org.benchmarkresults.storage.annotation.AnnotationIndexes;
import org.benchmarkresults.storage.annotation.AnnotationService;
import org.benchmarkresults.storage.derivation.DerivationIndexes;
import org.benchmarkresults.storage.derivation.ObservationService;
import org.benchmarkresults.storage.index.IndexKeeper;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.DatabaseClock;
import org.benchmarkresults.storage.mongo.EmbeddedMongo;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.retention.RetentionService;
import org.benchmarkresults.storage.save.SaveService;
import org.benchmarkresults.storage.security.AuditTrail;
import org.bson.Document;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Saves, deletions and observations on a fresh database, at a time of the test's own. */
public final class ObservationModule implements BeforeEachCallback, AfterEachCallback {
  public final SetClock clock = new SetClock(Instant.parse("2026-11-01T00:00:00Z"));
  public final List<ObservedEvent> events = new ArrayList<>();

  private final Backend backend;
  private Database database;
  private Config config;
  private Vertx vertx;
  private Context context;
  private Bus bus;
  private EmbeddedMongo embedded;
  private MongoClients clients;
  private MongoClient driver;
  private OpenDatabase open;

  public ObservationModule(Backend backend) {
    this.backend = backend;
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    database = backend.freshDatabase();
    config = database.config(Map.of());
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    bus = new Bus(vertx);
    String url = config.mongo().embedded() ? embeddedUrl() : config.mongo().url().value();
    clients = MongoClients.open(vertx, url, config.mongo());
    driver = com.mongodb.reactivestreams.client.MongoClients.create(url);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    open =
        new OpenDatabase(
            vertx,
            clients,
            CollectionNames.standard(),
            new DatabaseClock(clock, meters),
            Future::succeededFuture,
            !config.mongo().embedded(),
            meters);
    on(
        () -> {
          serve();
          return Future.succeededFuture();
        });
    bus.subscribe(Topics.OBSERVED, events::add).await();
  }

  private void serve() {
    Retry retry = new Retry(vertx, Duration.ZERO);
    AuditTrail trail = new AuditTrail(clients, open.durable(), open.clock(), retry);
    IndexKeeper indexes =
        new IndexKeeper(
            open,
            Stream.of(
                    AnnotationIndexes.all(open.collections()),
                    ObservationIndexes.all(open.collections()),
                    DerivationIndexes.all(open.collections()))
                .flatMap(List::stream)
                .toList());
    AnnotationService annotations = AnnotationService.serve(bus, open, indexes, trail);
    SaveService.serve(bus, open, trail, retry, annotations);
    ObservationService observations =
        new ObservationService(bus, open, indexes, config.mongo().saveTimeout());
    observations.serve(bus);
    new RetentionService(open, config.retention(), trail, observations.derivedData(), annotations)
        .serve(bus);
  }

  private String embeddedUrl() {
    try {
      embedded = EmbeddedMongo.open(vertx, Path.of(config.mongo().embeddedFolder()));
      return embedded.url();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext test) {
    if (database == null) {
      return;
    }
    driver.close();
    clients.close(vertx).await();
    if (embedded != null) {
      embedded.close();
    }
    vertx.close().await();
    database.close();
  }

  /** On the one event loop of all of this. */
  public <T> T on(Supplier<Future<T>> question) {
    Promise<T> answer = Promise.promise();
    context.runOnContext(begun -> question.get().onComplete(answer));
    return answer.future().await();
  }

  public <Q, A> A request(Address<Q, A> address, Q request) {
    return bus.request(address, request).await();
  }

  public OpenDatabase open() {
    return open;
  }

  public MongoDatabase byHand() {
    return driver.getDatabase(
        backend == Backend.MONGOD
            ? clients.raw("x").getNamespace().getDatabaseName()
            : config.mongo().database());
  }

  public List<Document> all(String collection) {
    return Driver.await(byHand().getCollection(collection).find());
  }

  /** Saves a raw input, and the same as a standardized output. */
  public Result save(Result result) {
    request(Addresses.SAVE, result);
    return result;
  }

  public void derive(DerivedResult... derived) {
    request(ObservationAddresses.SAVE_OBSERVATIONS, Derived.batch(derived));
  }

  public void delete(Result result) {
    request(
        Addresses.DELETE,
        new ResultRemoval(result.stage(), result.envelope().key().resultName(), null));
  }

  public void restore(Result result) {
    request(
        Addresses.RESTORE,
        new ResultRef(result.stage(), result.envelope().key().resultName(), null));
  }

  /** The values of the observations of a result, in their order. */
  public List<Double> values(Result result) {
    String from = ObservationId.from(result.stage(), result.envelope().key().resultName());
    return all("observations").stream()
        .filter(document -> document.getString("_id").startsWith(from))
        .sorted(java.util.Comparator.comparing(document -> document.getString("_id")))
        .map(document -> document.getDouble("x"))
        .toList();
  }

  /** The state of a result; null when it was not read. */
  public String state(Result result) {
    Document derivation = derivation(result);
    return derivation == null ? null : derivation.getString("state");
  }

  public Document derivation(Result result) {
    String id = ObservationId.ofResult(result.stage(), result.envelope().key().resultName());
    return all("derivations").stream()
        .filter(document -> document.getString("_id").equals(id))
        .findFirst()
        .orElse(null);
  }

  /** How many observations of a result are cross checks. */
  long crossChecks(Result result) {
    String from = ObservationId.from(result.stage(), result.envelope().key().resultName());
    return all("observations").stream()
        .filter(document -> document.getString("_id").startsWith(from))
        .filter(document -> document.containsKey("c"))
        .count();
  }

  public PendingPage pending(PageKey done) {
    return pending(Derived.TOOL.catalog(), done);
  }

  public PendingPage pending(String node, PageKey done) {
    return pending(node, Derived.TOOL, done);
  }

  /** Asks as a node whose adapters have these versions. */
  public PendingPage pending(String node, Derived adapters, PageKey done) {
    Map<String, Integer> versions =
        Map.of(adapters.adapter(), adapters.adapterVersion(), "generic", 1);
    return request(
        ObservationAddresses.PENDING_OBSERVATIONS,
        new PendingQuery(node, adapters.catalog(), versions, done, 10));
  }

  /** All results that are pending, as names with a stage and a version. */
  public List<String> allPending() {
    return allPending(Derived.TOOL);
  }

  /** The same, asked by a node with these adapters. */
  public List<String> allPending(Derived adapters) {
    List<String> all = new ArrayList<>();
    PendingPage page = pending(adapters.catalog(), adapters, null);
    while (true) {
      page.pending()
          .forEach(one -> all.add(one.stage() + " " + one.resultName() + " " + one.version()));
      if (!page.mayBeMore()) {
        return all.stream().distinct().sorted().toList();
      }
      page = pending(adapters.catalog(), adapters, page.position());
    }
  }

  static Result standardized(Result raw) {
    return org.benchmarkresults.storage.Results.inStage(Stage.STANDARDIZED, raw);
  }
}
