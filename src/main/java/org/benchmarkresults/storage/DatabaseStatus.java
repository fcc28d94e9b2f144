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
 * Tells the state of the database: whether it answers, whether it can be written and whether its
 * indexes are there. Each look at it makes what is missing. Confined to one event loop.
 */
final class DatabaseStatus {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseStatus.class);

  private final OpenDatabase database;
  private final IndexKeeper indexes;
  private final Duration patience;
  private final Supplier<@Nullable String> embeddedTrouble;
  private @Nullable Future<Void> upgrading;

  /** Whether the server has told what it is. */
  private boolean isKnown;

  /**
   * @param patience how long the database may take to answer
   * @param embeddedTrouble what keeps the embedded database from writing; null where nothing does
   */
  DatabaseStatus(
      OpenDatabase database,
      IndexKeeper indexes,
      Duration patience,
      Supplier<@Nullable String> embeddedTrouble) {
    this.database = database;
    this.indexes = indexes;
    this.patience = patience;
    this.embeddedTrouble = embeddedTrouble;
  }

  void serve(Bus bus) {
    bus.serve(Addresses.DATABASE_STATUS, ask -> status());
    bus.serve(
        Addresses.DATABASE_TROUBLE,
        ask ->
            Future.succeededFuture(
                DatabaseState.unavailable(kind(), database.clients().trouble().known())));
  }

  /** Asks the database who it is and for its time. */
  Future<JsonObject> ask() {
    return database
        .clock()
        .ask(database.clients().vertxClient())
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(this::warnOfStandalone);
  }

  private Future<DatabaseState> status() {
    String trouble = embeddedTrouble.get();
    if (trouble != null) {
      return Future.succeededFuture(new DatabaseState(kind(), false, false, null, trouble));
    }
    long asked = System.nanoTime();
    return ask()
        .map(pong -> connected((System.nanoTime() - asked) / 1_000))
        .otherwise(
            failure -> {
              indexes.forgetUnfinished();
              upgrading = upgrading != null && upgrading.succeeded() ? upgrading : null;
              return DatabaseState.unavailable(kind(), database.clients().trouble().of(failure));
            });
  }

  /** Making indexes takes long where there are many results; what is known now is told now. */
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
            : indexing.failed() ? "The indexes are not there yet." : "The indexes are being made.";
    return new DatabaseState(
        kind(),
        true,
        missing == null,
        micros,
        missing,
        null,
        database.clock().difference().toMillis());
  }

  /** In the background, once; what fails is tried again at the next look. */
  private void upgrade() {
    if (upgrading == null || upgrading.failed()) {
      upgrading =
          new InstantUpgrade(database.clients(), database.collections())
              .run()
              .onFailure(DatabaseStatus::notUpgraded);
    }
  }

  /** A database that is away is told of by the health check. */
  private static void notUpgraded(Throwable failure) {
    if (failure instanceof Unavailable) {
      LOG.debug("results could not be upgraded", failure);
    } else {
      LOG.atWarn().setCause(failure).log("results could not be upgraded");
    }
  }

  private void warnOfStandalone(JsonObject server) {
    boolean isAlone = !server.containsKey("setName") && !"isdbgrid".equals(server.getString("msg"));
    if (isAlone && !isKnown && database.isIndexed()) {
      LOG.warn(
          "the MongoDB is a standalone server: what it acknowledged is lost with its disk; use a"
              + " replica set");
    }
    isKnown = true;
  }

  private String kind() {
    return database.isIndexed() ? "mongodb" : "embedded";
  }
}
