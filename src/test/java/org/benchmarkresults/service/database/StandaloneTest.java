package org.benchmarkresults.service.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.DatabaseLine;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.ConfigLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** A server that is no replica set is warned of; named as one it is no database to be used. */
@ExtendWith(VertxExtension.class)
class StandaloneTest {
  private final DatabaseLine standalone = new DatabaseLine();
  private final Logger logger = (Logger) LoggerFactory.getLogger("org.benchmarkresults.storage");
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          if (line.getLevel() == Level.WARN && line.getFormattedMessage().contains("standalone")) {
            warnings.add(line.getFormattedMessage());
          }
        }
      };

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(appender);
    standalone.close();
  }

  private Config at(String url) {
    return ConfigLoader.load(
        Path.of("no-such-file"),
        Map.of(
            "HTTP_PORT", "0",
            "HTTP_SHUTDOWN_GRACE", "1s",
            "HEALTH_INTERVAL", "50ms",
            "MONGO_URL", Database.withOption(url, "serverSelectionTimeoutMS=300")));
  }

  @Test
  void aStandaloneServerIsWarnedOfOnce(Vertx vertx) {
    Server server = Server.start(at(standalone.url()), Clock.systemUTC()).await();
    Client client = new Client(vertx, server.port());
    Await.until(() -> client.get("/health/ready").status() == 200, () -> "never ready");
    String first = checkedAt(client);
    Await.until(() -> !checkedAt(client).equals(first), () -> "not asked again");
    server.close().await();

    assertEquals(1, warnings.size(), warnings::toString);
  }

  @Test
  void aReplicaSetIsNotWarnedOf(Vertx vertx) {
    try (Database database = Backend.MONGOD.freshDatabase()) {
      Server server = Server.start(database.config(Map.of()), Clock.systemUTC()).await();
      Client client = new Client(vertx, server.port());
      Await.until(() -> client.get("/health/ready").status() == 200, () -> "never ready");
      server.close().await();
    }

    assertEquals(List.of(), warnings);
  }

  @Test
  void aStandaloneServerThatIsNamedAsAReplicaSetIsAnotherSet(Vertx vertx) {
    for (String options : List.of("?replicaSet=rs0", "?replicaSet=rs0&directConnection=true")) {
      Server server = Server.start(at(standalone.url() + "/" + options), Clock.systemUTC()).await();
      Client client = new Client(vertx, server.port());

      Await.until(
          () -> "wrong_replica_set".equals(state(client).getString("reason")),
          () -> options + state(client).encode());

      assertFalse(state(client).getBoolean("ready"));
      server.close().await();
    }
  }

  private static JsonObject state(Client client) {
    return client.get("/health").json().getJsonObject("database");
  }

  private static String checkedAt(Client client) {
    return "" + state(client).getString("checked_at");
  }
}
