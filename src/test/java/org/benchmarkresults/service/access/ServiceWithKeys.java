package org.benchmarkresults.service.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A service that asks for keys, and a key of each kind. */
abstract class ServiceWithKeys {
  static final String FOREIGN = Bodies.withData("mmlu", "1");
  static final String OWN = Bodies.withData("Eval-a", "1");

  private final Backend backend;
  private Vertx vertx;
  private Database database;
  private Server server;
  Client client;
  String all;
  String reader;
  String writer;
  String restricted;
  String admin;
  String expired;
  String revoked;

  ServiceWithKeys(Backend backend) {
    this.backend = backend;
  }

  @BeforeEach
  void start() {
    database = backend.freshDatabase();
    Config config = database.config(Map.of("SECURITY_KEYS", "true"));
    try (ApiKeys keys = new ApiKeys(config, Clock.systemUTC())) {
      all = keys.create("read,write,delete");
      reader = keys.create("read");
      writer = keys.create("write");
      restricted = keys.create("read,write,delete", "--benchmark-prefix", "Eval");
      admin = keys.create("admin");
      revoked = keys.create("read");
      assertEquals("", keys.run("revoke", revoked.substring(3, 19)).strip());
    }
    try (ApiKeys longAgo =
        new ApiKeys(config, Clock.offset(Clock.systemUTC(), Duration.ofDays(-2)))) {
      expired = longAgo.create("read,write,delete,admin", "--expires", "1d");
    }
    vertx = Vertx.vertx();
    server = Server.start(config, Clock.systemUTC()).await();
    client = new Client(vertx, server.port());
  }

  @AfterEach
  void stop() {
    server.close().await();
    vertx.close().await();
    database.close();
  }

  static String[] by(String key) {
    return new String[] {"Authorization", "Bearer " + key};
  }

  Answer delete(String path, String key) {
    return client.send(HttpMethod.DELETE, path, Buffer.buffer(), by(key)).await();
  }

  Answer restore(String path, String key) {
    return client.send(HttpMethod.POST, path + "/restore", Buffer.buffer(), by(key)).await();
  }

  List<String> names(Answer list, String member) {
    assertEquals(200, list.status(), list::toString);
    return new JsonArray(list.body())
        .stream().map(JsonObject.class::cast).map(row -> row.getString(member)).toList();
  }
}
