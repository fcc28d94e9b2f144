package org.benchmarkresults.storage.retention;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.retention.RetentionPreview;
import org.benchmarkresults.model.retention.RetentionRun;
import org.benchmarkresults.storage.SetClock;
import org.benchmarkresults.storage.attachment.AttachmentService;
import org.benchmarkresults.storage.index.Indexes;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.DatabaseClock;
import org.benchmarkresults.storage.mongo.EmbeddedMongo;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.save.PendingSave;
import org.benchmarkresults.storage.save.ResultReads;
import org.benchmarkresults.storage.save.ResultStore;
import org.benchmarkresults.storage.security.AuditTrail;
import org.bson.Document;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The stores of the storage room on a fresh database, at a time of the test's own. */
public final class RetentionModule implements BeforeEachCallback, AfterEachCallback {
  private final List<String> purgedNames = new CopyOnWriteArrayList<>();
  final SetClock clock = new SetClock(Instant.parse("2026-11-01T00:00:00Z"));

  private final Backend backend;
  private final Map<Stage, ResultStore> stores = new EnumMap<>(Stage.class);
  private Database database;
  private Vertx vertx;
  private Context context;
  private EmbeddedMongo embedded;
  private MongoClients clients;
  private MongoClient driver;
  private CollectionNames collections;
  private AuditTrail trail;
  private ResultReads reads;
  private Config.Mongo mongo;

  public RetentionModule(Backend backend) {
    this.backend = backend;
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    database = backend.freshDatabase();
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    mongo = database.config(Map.of()).mongo();
    String url = mongo.embedded() ? embeddedUrl() : mongo.url().value();
    clients = MongoClients.open(vertx, url, mongo);
    driver = com.mongodb.reactivestreams.client.MongoClients.create(url);
    collections = CollectionNames.standard();
    reads = new ResultReads(clients, collections, Stage.RAW);
    trail =
        new AuditTrail(
            clients, Future::succeededFuture, Clock.systemUTC(), new Retry(vertx, Duration.ZERO));
    for (Stage stage : Stage.values()) {
      stores.put(
          stage,
          new ResultStore(
              vertx,
              clients,
              collections,
              stage,
              Future::succeededFuture,
              (result, version) -> {},
              trail,
              new Retry(vertx, Duration.ZERO)));
    }
    if (!mongo.embedded()) {
      Indexes.ensure(clients, collections).await();
    }
  }

  private String embeddedUrl() {
    try {
      embedded = EmbeddedMongo.open(vertx, Path.of(mongo.embeddedFolder()));
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
  <T> T on(Supplier<Future<T>> question) {
    Promise<T> answer = Promise.promise();
    context.runOnContext(begun -> question.get().onComplete(answer));
    return answer.future().await();
  }

  /** A bus on which attachments are served, at the time of the test. */
  Bus attachments() {
    Bus bus = new Bus(vertx);
    OpenDatabase open =
        new OpenDatabase(
            vertx,
            clients,
            collections,
            new DatabaseClock(clock, new CompositeMeterRegistry()),
            Future::succeededFuture,
            !mongo.embedded(),
            new CompositeMeterRegistry());
    return on(
        () -> {
          AttachmentService.serve(bus, open, trail, new Retry(vertx, Duration.ZERO));
          return Future.succeededFuture(bus);
        });
  }

  /** A node of its own, with rules as in the settings. */
  Node node(String... rules) {
    return new Node(List.of(rules));
  }

  Lease lease() {
    return new Lease(clients.vertxClient(), collections.leases(), "of a test", clock);
  }

  MongoDatabase byHand() {
    return driver.getDatabase(
        backend == Backend.MONGOD
            ? clients.raw("x").getNamespace().getDatabaseName()
            : mongo.database());
  }

  List<Document> all(String collection) {
    return Driver.await(byHand().getCollection(collection).find());
  }

  public SaveOutcome save(Result result) {
    return on(() -> store(result.stage()).save(result));
  }

  /** An attempt of a save that may have made others before. */
  public SaveOutcome save(PendingSave arrival) {
    return on(() -> store(arrival.result().stage()).save(arrival));
  }

  FindOutcome find(String resultName, Integer version) {
    return on(() -> reads.find(new ResultRef(Stage.RAW, resultName, version)));
  }

  /** All the bytes of a version that must be there. */
  ByteBuffer data(String resultName, Integer version) {
    FindOutcome.Found found = (FindOutcome.Found) find(resultName, version);
    if (found.data() instanceof StoredData.Inline inline) {
      return inline.bytes();
    }
    StoredData.Chunked chunked = (StoredData.Chunked) found.data();
    var whole = ByteBuffer.allocate((int) found.summary().size());
    for (int number = 0; number < chunked.count(); number++) {
      int chunk = number;
      whole.put(on(() -> reads.chunk(chunked.upload(), chunk)));
    }
    return whole.flip();
  }

  /** The names of which results were removed for good, as the retention reported them. */
  List<String> purgedNames() {
    return purgedNames;
  }

  private NameData recorded() {
    return new NameData() {
      @Override
      public Future<Void> restored(String resultName) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> purged(Collection<String> resultNames) {
        purgedNames.addAll(resultNames);
        return Future.succeededFuture();
      }
    };
  }

  private ResultStore store(Stage stage) {
    return Objects.requireNonNull(stores.get(stage));
  }

  /** The deletions and the retention of one node. */
  final class Node {
    private final Map<Stage, Deletions> deletions = new EnumMap<>(Stage.class);
    private final Retention retention;
    private final RetentionForecast forecast;

    Node(List<String> rules) {
      Config.Retention config =
          new Config.Retention(
              rules, Duration.ofDays(30), Duration.ofHours(1), Duration.ofDays(400));
      for (Stage stage : Stage.values()) {
        deletions.put(
            stage,
            new Deletions(
                vertx,
                clock,
                clients,
                collections,
                stage,
                config.restoreWindow(),
                Future::succeededFuture,
                DerivedData.NONE));
      }
      retention =
          new Retention(
              clients,
              collections,
              config,
              deletions,
              clock,
              Future::succeededFuture,
              trail,
              recorded());
      forecast = new RetentionForecast(clients, collections, config, clock);
    }

    DeleteOutcome delete(String resultName) {
      return on(() -> deletions.get(Stage.RAW).delete(resultName, summary -> true, null));
    }

    RestoreOutcome restore(String resultName) {
      return on(() -> deletions.get(Stage.RAW).restore(new ResultRef(Stage.RAW, resultName, null)));
    }

    Optional<RetentionRun> turn() {
      return on(this::turning);
    }

    Future<Optional<RetentionRun>> turning() {
      return retention.turn();
    }

    /** A run that must be this node's turn. */
    RetentionRun run() {
      return turn().orElseThrow();
    }

    RetentionPreview preview() {
      return on(forecast::preview);
    }
  }
}
