package org.benchmarkresults.storage;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.ConfigLoader;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.FindOutcome.Found;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.ResultQuery;

/** The storage alone on an embedded database in a folder of the test's choice. */
public final class StorageOnEmbedded implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);

  public StorageOnEmbedded(Path folder) {
    Config config = ConfigLoader.load(Map.of("MONGO_EMBEDDED_FOLDER", folder.toString()));
    try {
      vertx
          .deployVerticle(
              new StorageVerticle(config.mongo(), config.retention(), bus, Clock.systemUTC()))
          .await();
    } catch (Throwable e) {
      vertx.close().await();
      throw e;
    }
  }

  public SaveOutcome save(Result result) {
    return bus.request(Addresses.SAVE, result).await();
  }

  public SaveOutcome save(Stage stage, Instant receivedAt, Envelope envelope) {
    Result result = Results.of(envelope, "1");
    return save(new Result(stage, envelope, result.data(), result.digest(), receivedAt, false));
  }

  FindOutcome find(String resultName, Integer version) {
    return bus.request(Addresses.FIND, new ResultRef(Stage.RAW, resultName, version)).await();
  }

  /** Data of a version that must be there and is not large; the newest for null. */
  String data(String resultName, Integer version) {
    Found found = (Found) find(resultName, version);
    return StandardCharsets.UTF_8
        .decode(((StoredData.Inline) found.data()).bytes().duplicate())
        .toString();
  }

  List<String> names(Stage stage) {
    return bus.request(Addresses.LIST, new ResultQuery(stage, null, 1_000)).await().rows().stream()
        .map(RowRef::resultName)
        .sorted()
        .toList();
  }

  DatabaseState state() {
    return bus.request(Addresses.DATABASE_STATUS, new NoArguments()).await();
  }

  public Bus bus() {
    return bus;
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
