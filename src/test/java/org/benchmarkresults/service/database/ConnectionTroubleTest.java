package org.benchmarkresults.service.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Why a database cannot be reached is told once in the log, and as a code in /health. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class ConnectionTroubleTest {
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("org.benchmarkresults.health");
  private Server server;

  @AfterEach
  void close() {
    logger.detachAppender(log);
    if (server != null) {
      server.close().await();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mongodb://nobody:hunter2@HOST/?authSource=admin, authentication_failed",
    "mongodb://HOST/x?replicaSet=another, wrong_replica_set",
    "mongodb://HOST/x?tls=true, connection_closed",
    "mongodb://nobody:hunter2@no-such-host.invalid:1/x, unknown_host",
    "mongodb://nobody:hunter2@127.0.0.1:1/x, connection_refused"
  })
  void theReasonIsToldWithoutSecrets(String url, String reason, Vertx vertx) {
    log.start();
    logger.addAppender(log);
    try (Database database = Backend.MONGOD.freshDatabase()) {
      String real = database.environment().get("MONGO_URL");
      String host = real.replaceFirst("mongodb://(?:[^@/]*@)?([^/?]+).*", "$1");
      server =
          Server.start(
                  database.config(Map.of("MONGO_URL", url.replace("HOST", host))),
                  Clock.systemUTC())
              .await();
      Client client = new Client(vertx, server.port());

      Await.until(
          () -> reason.equals(state(client).getString("reason")), () -> state(client).encode());
      Await.until(() -> said(reason) > 0, () -> "nothing in the log");

      assertFalse(client.get("/health").text().contains("hunter2"));
      assertFalse(client.get("/health").text().contains(host));
      assertEquals(1, said(reason));
      assertTrue(
          List.copyOf(log.list).stream()
              .noneMatch(line -> ("" + line.getKeyValuePairs()).contains("hunter2")));
    }
  }

  private static JsonObject state(Client client) {
    return client.get("/health").json().getJsonObject("database");
  }

  private long said(String reason) {
    return List.copyOf(log.list).stream()
        .filter(line -> ("" + line.getKeyValuePairs()).contains(reason))
        .count();
  }
}
