package org.benchmarkresults.storage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.node.DatabaseState.Trouble;
import org.benchmarkresults.storage.index.IndexKeeper;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the database: whether it answers, accepts writes and has its indexes. Each check starts to
 * create missing indexes. Confined to one event loop.
 */
final class DatabaseStatus {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseStatus.class);

  private final OpenDatabase database;
  private final IndexKeeper indexes;
  private final Duration timeout;
  private final Supplier<@Nullable String> embeddedTrouble;
  private @Nullable Future<Void> upgrading;

  private boolean isServerKnown;

  /**
   * @param timeout of one check
   * @param embeddedTrouble why the embedded database cannot write; null when it can
   */
  DatabaseStatus(
      OpenDatabase database,
      IndexKeeper indexes,
      Duration timeout,
      Supplier<@Nullable String> embeddedTrouble) {
    this.database = database;
    this.indexes = indexes;
    this.timeout = timeout;
    this.embeddedTrouble = embeddedTrouble;
  }

  void serve(Bus bus) {
    bus.serve(Addresses.DATABASE_STATUS, empty -> status());
    bus.serve(
        Addresses.DATABASE_TROUBLE,
        empty ->
            Future.succeededFuture(
                DatabaseState.unavailable(kind(), database.clients().trouble().known())));
  }

  /** Measures the clock of the database and checks what kind of server it is. */
  Future<JsonObject> checkServer() {
    return database
        .clock()
        .measure(database.clients().vertxClient())
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(this::warnOfStandalone);
  }

  private Future<DatabaseState> status() {
    String trouble = embeddedTrouble.get();
    if (trouble != null) {
      return Future.succeededFuture(new DatabaseState(kind(), false, false, null, trouble));
    }
    long sentAt = System.nanoTime();
    return checkServer()
        .map(server -> connected((System.nanoTime() - sentAt) / 1_000))
        .otherwise(
            failure -> {
              indexes.forgetUnfinished();
              upgrading = upgrading != null && upgrading.succeeded() ? upgrading : null;
              return DatabaseState.unavailable(kind(), database.clients().trouble().of(failure));
            });
  }

  /** Does not wait for the indexes, which take long to build over many results. */
  private DatabaseState connected(long micros) {
    Future<Void> indexing = indexes.ensure();
    if (indexing.succeeded()) {
      upgrade();
    }
    Trouble refusal = indexes.refusal();
    if (refusal != null) {
      return DatabaseState.unavailable(kind(), refusal);
    }
    String missing =
        indexing.succeeded()
            ? null
            : indexing.failed()
                ? "The indexes could not be created."
                : "The indexes are being created.";
    return new DatabaseState(
        kind(),
        true,
        missing == null,
        micros,
        missing,
        null,
        database.clock().difference().toMillis());
  }

  /** Runs in the background, once; a failed upgrade is retried at the next check. */
  private void upgrade() {
    if (upgrading == null || upgrading.failed()) {
      upgrading =
          new InstantUpgrade(database.clients(), database.collections())
              .run()
              .onFailure(DatabaseStatus::logFailure);
    }
  }

  /** The health check already logs that the database is unavailable. */
  private static void logFailure(Throwable failure) {
    if (failure instanceof Unavailable) {
      LOG.debug("results could not be upgraded", failure);
    } else {
      LOG.atWarn().setCause(failure).log("results could not be upgraded");
    }
  }

  private void warnOfStandalone(JsonObject server) {
    boolean isStandalone =
        !server.containsKey("setName") && !"isdbgrid".equals(server.getString("msg"));
    if (isStandalone && !isServerKnown && database.isIndexed()) {
      LOG.warn(
          "the MongoDB server is standalone: acknowledged results are lost with its disk; use a"
              + " replica set");
    }
    isServerKnown = true;
  }

  private String kind() {
    return database.isIndexed() ? "mongodb" : "embedded";
  }
}
