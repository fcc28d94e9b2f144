package org.benchmarkresults.service.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Credentials appear nowhere but in requests; operations that need none. */
@ExtendWith(VertxExtension.class)
class SecretsTest {
  private final Database database = Backend.EMBEDDED.freshDatabase();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level usual = root.getLevel();
  private Server server;

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
  }

  @AfterEach
  void stop() {
    root.setLevel(usual);
    root.detachAppender(log);
    server.close().await();
    database.close();
  }

  @Test
  void keysReachNeitherLogNorAnswersNorMeters(Vertx vertx) {
    Config config = database.config(Map.of("SECURITY_KEYS", "true"));
    String key;
    try (ApiKeys keys = new ApiKeys(config, Clock.systemUTC())) {
      key = keys.create("read,write,admin");
    }
    String wrong = key.substring(0, 20) + "w".repeat(43);
    server = Server.start(config, Clock.systemUTC()).await();
    Client client = new Client(vertx, server.port());
    StringBuilder answers = new StringBuilder();

    for (String token : List.of(key, wrong)) {
      String[] by = {"Authorization", "Bearer " + token};
      answers.append(client.post("/raw_input", Bodies.withData("a", "1"), by));
      answers.append(client.post("/raw_input", "{broken", by));
      for (String path :
          List.of("/raw_input", "/raw_input?sort=x", "/nothing", "/audit", "/metrics")) {
        answers.append(client.get(path, by));
      }
    }

    String said =
        String.join("\n", List.copyOf(log.list).stream().map(SecretsTest::whole).toList());
    assertTrue(said.contains("saveRawInput"), "the log was not heard");
    for (String secret : List.of(key.substring(20), wrong.substring(20))) {
      assertFalse(said.contains(secret), "a key is in the log");
      assertFalse(answers.toString().contains(secret), "a key is in an answer");
    }
  }

  private static String whole(ILoggingEvent line) {
    return line.getFormattedMessage() + line.getKeyValuePairs() + line.getThrowableProxy();
  }

  @Test
  void readingMayBeOpenToAll(Vertx vertx) {
    Map<String, String> settings =
        Map.of("SECURITY_KEYS", "true", "SECURITY_ANONYMOUS_READ", "true");
    server = Server.start(database.config(settings), Clock.systemUTC()).await();
    Client client = new Client(vertx, server.port());

    assertEquals(200, client.get("/raw_input").status());
    assertEquals(404, client.get(Bodies.path("a")).status());
    assertEquals(401, client.get("/raw_input", "Authorization", "Bearer br_wrong").status());
    assertEquals(401, client.post("/raw_input", Bodies.withData("a", "1")).status());
    assertEquals(401, client.get("/audit").status());
  }
}
