package org.benchmarkresults.storage.imports;

import com.mongodb.ConnectionString;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.LegacyDatabase;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Prevents an import from the database of this service itself. */
final class SelfImportCheck {
  private final Vertx vertx;
  private final Config.Mongo config;

  SelfImportCheck(Vertx vertx, Config.Mongo config) {
    this.vertx = vertx;
    this.config = config;
  }

  /** Succeeds when the source is another database; fails with a sentence otherwise. */
  Future<Void> run(LegacyClient source, LegacyDatabase legacy) {
    String shared = sharedCollection(legacy);
    if (config.embedded() || shared == null) {
      return Future.succeededFuture();
    }
    MongoClients own = MongoClients.open(vertx, config.url().value(), config);
    Future<Boolean> isSame =
        own.database().getName().equals(source.database())
            ? isSameServer(own, source)
            : Future.succeededFuture(false);
    return isSame
        .eventually(() -> own.close(vertx))
        .compose(
            same ->
                same
                    ? Future.failedFuture(
                        new IllegalArgumentException(
                            "--from is the database of this service itself, whose collection "
                                + shared
                                + " would be read and written"))
                    : Future.succeededFuture());
  }

  private @Nullable String sharedCollection(LegacyDatabase legacy) {
    List<String> own = new ArrayList<>();
    CollectionNames collections = CollectionNames.standard();
    for (Stage stage : Stage.values()) {
      own.add(collections.results(stage));
      own.add(collections.versions(stage));
      own.add(collections.chunks(stage));
    }
    own.add(ImportPositions.COLLECTION);
    own.retainAll(List.of(legacy.rawCollection(), legacy.standardizedCollection()));
    return own.isEmpty() ? null : own.get(0);
  }

  /** Compares host names, then the server processes, because a host may have several names. */
  private Future<Boolean> isSameServer(MongoClients own, LegacyClient source) {
    List<String> hosts = new ArrayList<>(new ConnectionString(config.url().value()).getHosts());
    hosts.retainAll(source.connection().getHosts());
    if (!hosts.isEmpty()) {
      return Future.succeededFuture(true);
    }
    return own.vertxClient()
        .runCommand("hello", new JsonObject().put("hello", 1))
        .recover(MongoFailures::translate)
        .compose(hello -> source.hello().map(other -> processOf(hello).equals(processOf(other))));
  }

  /** The id that a server creates at its start. */
  private static String processOf(JsonObject hello) {
    JsonObject version = hello.getJsonObject("topologyVersion", new JsonObject());
    return Objects.toString(version.getValue("processId"), "here");
  }

  private static String processOf(RawBsonDocument hello) {
    BsonDocument version = hello.getDocument("topologyVersion", new BsonDocument());
    BsonValue process = version.get("processId");
    return process == null
        ? "there"
        : new JsonObject().put("$oid", process.asObjectId().getValue().toHexString()).encode();
  }
}
