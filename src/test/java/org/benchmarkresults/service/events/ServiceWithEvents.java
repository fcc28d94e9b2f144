package org.benchmarkresults.service.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A service of the test's own, which it may restart. */
abstract class ServiceWithEvents {
  private final Backend backend;
  private Vertx vertx;
  Database database;
  Server server;
  Client client;

  ServiceWithEvents(Backend backend) {
    this.backend = backend;
  }

  @BeforeEach
  void prepare() {
    database = backend.freshDatabase();
    vertx = Vertx.vertx();
    start(Map.of());
  }

  void start(Map<String, String> settings) {
    server = Server.start(database.config(settings), Clock.systemUTC()).await();
    client = new Client(vertx, server.port());
    // Missed events are found by an index, which a new database does not have at once.
    Await.until(() -> client.get("/health/ready").status() == 200, () -> "it is not ready");
  }

  void restart(Map<String, String> settings) {
    server.close().await();
    start(settings);
  }

  @AfterEach
  void stop() {
    server.close().await();
    vertx.close().await();
    database.close();
  }

  void post(String path, String benchmarkName, String data) {
    assertEquals(200, client.post(path, Bodies.withData(benchmarkName, data)).status());
  }

  static String raw(String benchmarkName, int version) {
    return "raw_input " + Bodies.resultName(benchmarkName) + " " + version;
  }
}
