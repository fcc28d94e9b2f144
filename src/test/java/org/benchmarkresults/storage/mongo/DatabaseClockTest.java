package org.benchmarkresults.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A node with a wrong clock uses the time of the database and runs no retention. */
@ExtendWith(VertxExtension.class)
class DatabaseClockTest {
  private static final String BODY =
      "{\"timestamp\":\"2026-01-01\",\"benchmark_name\":\"b\",\"run_id\":\"r\",\"data\":1}";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Database database;
  private Server server;
  private Client client;

  @BeforeEach
  void listen() {
    log.start();
    storage().addAppender(log);
  }

  private static Logger storage() {
    return (Logger) LoggerFactory.getLogger("org.benchmarkresults.storage");
  }

  private void start(Vertx vertx, Duration wrongBy) {
    database = Backend.MONGOD.freshDatabase();
    Map<String, String> settings =
        Map.of("RETENTION_INTERVAL", "50ms", "RETENTION_RULES", "raw_input/*=365d");
    server =
        Server.start(database.config(settings), Clock.offset(Clock.systemUTC(), wrongBy)).await();
    client = new Client(vertx, server.port());
    Await.until(() -> client.get("/health/ready").status() == 200, () -> "never ready");
  }

  @AfterEach
  void close() {
    storage().detachAppender(log);
    if (server != null) {
      server.close().await();
    }
    if (database != null) {
      database.close();
    }
  }

  private boolean isLogged(String beginning) {
    return List.copyOf(log.list).stream().anyMatch(line -> line.getMessage().startsWith(beginning));
  }

  @ParameterizedTest
  @ValueSource(longs = {-180, 180, 400 * 86_400})
  void wrongClockIsLoggedAndCorrected(long seconds, Vertx vertx) {
    Instant began = Instant.now();
    start(vertx, Duration.ofSeconds(seconds));

    assertEquals(200, client.post("/raw_input", BODY).status());

    Instant received =
        Instant.parse(
            client.get("/raw_input?limit=1").array().getJsonObject(0).getString("received_at"));
    assertTrue(received.isAfter(began.minusSeconds(20)), received::toString);
    assertTrue(received.isBefore(Instant.now().plusSeconds(20)), received::toString);
    long difference =
        client.get("/health").json().getJsonObject("database").getLong("clock_difference_ms");
    assertTrue(Math.abs(difference + seconds * 1_000) < 10_000, () -> "" + difference);
    assertTrue(isLogged("the clock of this node differs"));
    Await.until(() -> isLogged("no retention while"), () -> "nothing is said of the retention");
    assertNull(client.get("/retention/preview").json().getJsonObject("last_run"));
  }

  @Test
  void retentionRunsWithACorrectClock(Vertx vertx) {
    start(vertx, Duration.ZERO);

    Await.until(
        () -> client.get("/retention/preview").json().getJsonObject("last_run") != null,
        () -> "no run");
    assertTrue(!isLogged("no retention while") && !isLogged("the clock of this node differs"));
  }
}
