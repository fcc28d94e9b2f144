package org.benchmarkresults.storage;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.bus.Address;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.result.ChunkRef;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.FindOutcome.Found;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.retention.ResultRemoval;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ResultOutline;
import org.benchmarkresults.model.search.ResultPage;
import org.benchmarkresults.model.search.ResultQuery;
import org.benchmarkresults.model.version.ResultVersion;
import org.benchmarkresults.storage.mongo.EmbeddedMongo;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The storage room alone, on a fresh database for each test, asked over the bus. */
public final class StorageModule implements BeforeEachCallback, AfterEachCallback {
  /** Longer than any operation takes, on the slowest machine too. */
  private static final Map<String, String> PATIENT = Map.of("MONGO_OPERATION_TIMEOUT", "60s");

  private final Backend backend;
  private Database database;
  private Vertx vertx;
  private Bus bus;

  public StorageModule(Backend backend) {
    this.backend = backend;
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    database = backend.freshDatabase();
    open();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    if (database == null) {
      return;
    }
    if (vertx != null) {
      close();
    }
    database.close();
  }

  /** Starts again on the same database. */
  public void restart() {
    close();
    open();
  }

  private void open() {
    vertx = Vertx.vertx();
    bus = new Bus(vertx);
    Config config = database.config(PATIENT);
    vertx
        .deployVerticle(
            new StorageVerticle(config.mongo(), config.retention(), bus, Clock.systemUTC()))
        .await();
  }

  private void close() {
    vertx.close().await();
    vertx = null;
  }

  public Database database() {
    return database;
  }

  /** Does something to the database past the service, which an embedded one is closed for. */
  public <T> T byHand(Function<MongoDatabase, T> deed) {
    if (backend == Backend.MONGOD) {
      return deed.apply(Driver.of(database));
    }
    close();
    Vertx own = Vertx.vertx();
    try {
      Config.Mongo config = database.config(PATIENT).mongo();
      EmbeddedMongo embedded = EmbeddedMongo.open(own, Path.of(config.embeddedFolder()));
      try (var client = com.mongodb.reactivestreams.client.MongoClients.create(embedded.url())) {
        return deed.apply(client.getDatabase(config.database()));
      } finally {
        embedded.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      own.close().await();
      open();
    }
  }

  public Bus bus() {
    return bus;
  }

  public DeleteOutcome delete(String resultName) {
    return deleting(resultName).await();
  }

  public Future<DeleteOutcome> deleting(String resultName) {
    return bus.request(Addresses.DELETE, new ResultRemoval(Stage.RAW, resultName, null));
  }

  public RestoreOutcome restore(String resultName) {
    return restoring(resultName).await();
  }

  public Future<RestoreOutcome> restoring(String resultName) {
    return bus.request(Addresses.RESTORE, new ResultRef(Stage.RAW, resultName, null));
  }

  public <Q, A> Future<A> request(Address<Q, A> address, Q question) {
    return bus.request(address, question);
  }

  public SaveOutcome save(Result result) {
    return saving(result).await();
  }

  public Future<SaveOutcome> saving(Result result) {
    return bus.request(Addresses.SAVE, result);
  }

  /** The newest version of a raw input. */
  public FindOutcome find(String resultName) {
    return find(resultName, null);
  }

  /** One version of a raw input; the newest for null. */
  public FindOutcome find(String resultName, Integer version) {
    return bus.request(Addresses.FIND, new ResultRef(Stage.RAW, resultName, version)).await();
  }

  /** One version that must be there. */
  public Found found(String resultName, Integer version) {
    return (Found) find(resultName, version);
  }

  public List<ResultVersion> versions(String resultName) {
    ResultRef ref = new ResultRef(Stage.RAW, resultName, null);
    return bus.request(Addresses.VERSIONS, ref).await().versions();
  }

  public ResultPage list(PageKey after, int limit) {
    return bus.request(Addresses.SUMMARIES, new ResultQuery(Stage.RAW, after, limit)).await();
  }

  public ResultOutline outline(PageKey after, int limit) {
    return bus.request(Addresses.LIST, new ResultQuery(Stage.RAW, after, limit)).await();
  }

  /** All the bytes of a result's data, wherever they are. */
  public ByteBuffer data(Found found) {
    return switch (found.data()) {
      case StoredData.Inline inline -> inline.bytes();
      case StoredData.Chunked chunked -> joined(chunked, (int) found.summary().size());
    };
  }

  private ByteBuffer joined(StoredData.Chunked chunked, int size) {
    ByteBuffer whole = ByteBuffer.allocate(size);
    for (int number = 0; number < chunked.count(); number++) {
      ChunkRef ref = new ChunkRef(Stage.RAW, chunked.upload(), number);
      whole.put(bus.request(Addresses.CHUNK, ref).await().bytes());
    }
    return whole.flip();
  }
}
