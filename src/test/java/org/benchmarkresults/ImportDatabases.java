package org.benchmarkresults;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.Driver;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database to bring in, one to bring it into, the command and a service to look at the outcome.
 */
final class ImportDatabases implements BeforeEachCallback, AfterEachCallback {
  private static final String TIMESTAMP = "2025-08-06T12:00:00.123456Z";

  /** How the command ended, the lines of the summary, and all that it told beside it. */
  record Run(int exitCode, List<String> out, String terminal) {}

  private final Backend backend;
  private Database source;
  private Database target;
  private Server server;
  private Vertx clients;

  ImportDatabases(Backend backend) {
    this.backend = backend;
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    source = Backend.MONGOD.freshDatabase();
    target = backend.freshDatabase();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    stopService();
    if (target != null) {
      target.close();
    }
    if (source != null) {
      source.close();
    }
  }

  private void stopService() {
    if (server != null) {
      clients.close().await();
      server.close().await();
      server = null;
    }
  }

  /** A record as the replaced service wrote it. */
  static BsonDocument record(String runId, BsonValue data) {
    return new BsonDocument("pk", new BsonString(TIMESTAMP + "-Evalchemy-" + runId))
        .append("benchmark_name", new BsonString("Evalchemy"))
        .append("data", data)
        .append("model_id", new BsonString("org/model"))
        .append("tokenizer_id", new BsonString("org/tokenizer"))
        .append("source", new BsonString("vllm"))
        .append("timestamp", new BsonString(TIMESTAMP));
  }

  /** The name of that record as it stands in a path. */
  static String name(String runId) {
    return URLEncoder.encode(TIMESTAMP + "-Evalchemy-" + runId, StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  void insert(String collection, BsonDocument record) {
    insert(collection, List.of(record));
  }

  void insert(String collection, List<BsonDocument> records) {
    Driver.await(
        Driver.of(source).getCollection(collection, BsonDocument.class).insertMany(records));
  }

  /** The documents of the source as MongoDB stores them. */
  String sourceHash() {
    Document hash = Driver.await(Driver.of(source).runCommand(new Document("dbHash", 1))).get(0);
    return hash.getString("md5");
  }

  Database source() {
    return source;
  }

  Database target() {
    return target;
  }

  String sourceUrl() {
    Map<String, String> environment = source.environment();
    return environment
        .get("MONGO_URL")
        .replaceFirst("/\\?", "/" + environment.get("MONGO_DATABASE") + "?");
  }

  Run run(String... words) {
    return runFrom(sourceUrl(), words);
  }

  Run runFrom(String url, String... words) {
    stopService();
    List<String> all = new ArrayList<>(List.of("import", "--from", url));
    all.addAll(List.of(words));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    int exitCode =
        Commands.of(
                target.environment(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(terminal, true, StandardCharsets.UTF_8))
            .execute(all.toArray(String[]::new));
    return new Run(
        exitCode,
        out.toString(StandardCharsets.UTF_8).lines().toList(),
        terminal.toString(StandardCharsets.UTF_8));
  }

  /** From a service on the database that was brought into. */
  Answer get(String path) {
    if (server == null) {
      server = Server.start(target.config(Map.of()), Clock.systemUTC()).await();
      clients = Vertx.vertx();
    }
    return new Client(clients, server.port()).get(path);
  }

  JsonArray list(String path) {
    return get(path).array();
  }
}
