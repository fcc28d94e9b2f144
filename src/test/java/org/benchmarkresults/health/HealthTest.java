package org.benchmarkresults.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.DatabaseLine;
import org.benchmarkresults.config.ConfigLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Probes and requests while the database is up, down and hanging. */
@Execution(ExecutionMode.CONCURRENT)
class HealthTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** Longer than any successful operation on the slowest machine. */
  private static final String PATIENT = "100s";

  private static final int PATIENT_MILLIS = 100_000;

  private static final String FIRST = result("first");
  private static final String SECOND = result("second");

  private final DatabaseLine line = new DatabaseLine();
  private final Vertx vertx = Vertx.vertx();
  private Server server;
  private Client client;

  @AfterEach
  void close() {
    line.close();
    server.close().await();
    vertx.close().await();
  }

  @Test
  void healthyWithAvailableDatabase() {
    startReady();

    Answer health = healthOnceConnected();

    JsonObject database = health.json().getJsonObject("database");
    assertEquals(200, health.status());
    assertEquals("ok", health.json().getString("status"));
    assertEquals("connected", health.json().getString("mongodb_status"));
    assertEquals("mongodb", database.getString("kind"));
    assertTrue(database.getBoolean("ready"));
    assertTrue(database.getDouble("latency_ms") >= 0);
    assertNotNull(database.getInstant("checked_at"));
    JsonObject node = health.json().getJsonArray("nodes").getJsonObject(0);
    assertEquals(1, health.json().getJsonArray("nodes").size());
    assertEquals(
        "[\"http\",\"storage\",\"health\",\"standardize\"]", node.getJsonArray("roles").encode());
    assertTrue(node.getBoolean("self"));
    assertEquals("200 UP mongodb UP", probe("/health/ready"));
    assertEquals("200 UP event-loop UP", probe("/health/live"));
  }

  @Test
  void startsWithoutDatabaseAndReportsIt() {
    line.goesAway();
    start();

    Answer health = client.get("/health");

    JsonObject database = health.json().getJsonObject("database");
    assertEquals(200, health.status());
    assertEquals("ok", health.json().getString("status"));
    assertEquals("disconnected", health.json().getString("mongodb_status"));
    assertFalse(database.getBoolean("ready"));
    assertTrue(database.getString("error").startsWith("The database does not answer"));
    assertEquals("503 DOWN mongodb DOWN", probe("/health/ready"));
    assertEquals("200 UP event-loop UP", probe("/health/live"));
  }

  @Test
  void requestsGet503DuringAnOutage() {
    line.goesAway();
    start();

    assertUnavailable(client.post("/raw_input", FIRST));
    assertUnavailable(client.post("/standardized_output", FIRST));
    assertUnavailable(client.get("/raw_input"));
    assertUnavailable(client.get("/raw_input/t-first-r"));
    assertUnavailable(client.get("/raw_input/t-first-r?version=1"));
    assertUnavailable(client.get("/raw_input/t-first-r/data"));
    assertUnavailable(client.get("/raw_input/t-first-r/versions"));
  }

  @Test
  void readyOnceTheDatabaseIsUp() {
    line.goesAway();
    start();

    line.isThere();

    awaitReadiness(200);
    assertEquals(200, client.post("/raw_input", FIRST).status());
    assertEquals("[1.10]", client.get("/raw_input/t-first-r/data").text());
    assertEquals(200, healthOnceConnected().status());
  }

  @Test
  void recoversAfterAnOutage() {
    startReady();
    client.post("/raw_input", FIRST);
    line.goesAway();
    awaitReadiness(503);
    Answer whileAway = client.post("/raw_input", SECOND);

    line.isThere();

    awaitReadiness(200);
    assertUnavailable(whileAway);
    assertEquals("[1.10]", client.get("/raw_input/t-first-r/data").text());
    assertEquals("stored", client.post("/raw_input", SECOND).json().getString("outcome"));
  }

  @Test
  void probesAnswerWhileTheDatabaseHangs() throws InterruptedException {
    startReady("MONGO_URL", url(PATIENT_MILLIS));
    client.post("/raw_input", FIRST);
    line.hangs();
    Future<Answer> hanging = client.posting("/raw_input", Buffer.buffer(SECOND));
    line.awaitHeldBytes();

    awaitReadiness(503);

    assertEquals("disconnected", client.get("/health").json().getString("mongodb_status"));
    assertEquals("200 UP event-loop UP", probe("/health/live"));
    assertFalse(hanging.isComplete());
    line.isThere();
    assertEquals(200, hanging.await().status());
  }

  @Test
  void startsWithAHangingDatabase() {
    line.hangs();
    start("MONGO_URL", url(PATIENT_MILLIS));

    String live = probe("/health/live");

    assertEquals("200 UP event-loop UP", live);
    assertEquals("503 DOWN mongodb DOWN", probe("/health/ready"));
  }

  @Test
  void recoversAfterAHangingDatabase() {
    startReady("MONGO_OPERATION_TIMEOUT", "2s");
    client.post("/raw_input", FIRST);
    line.hangs();
    awaitReadiness(503);
    Answer whileHanging = client.post("/raw_input", SECOND);

    line.isThere();

    awaitReadiness(200);
    assertUnavailable(whileHanging);
    assertEquals(200, client.post("/raw_input", SECOND).status());
    assertEquals("[1.10]", client.get("/raw_input/t-second-r/data").text());
  }

  /** Until the indexes are there a service is not ready either, though its database is. */
  private void startReady(String... more) {
    start(more);
    awaitReadiness(200);
  }

  private String url(int serverSelectionTimeoutMillis) {
    return line.url() + "/?serverSelectionTimeoutMS=" + serverSelectionTimeoutMillis;
  }

  private void start(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HTTP_PORT", "0");
    environment.put("HTTP_SHUTDOWN_GRACE", "1s");
    environment.put("MONGO_URL", url(500));
    environment.put("MONGO_SAVE_TIMEOUT", "0s");
    environment.put("MONGO_OPERATION_TIMEOUT", PATIENT);
    environment.put("HEALTH_INTERVAL", "20ms");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    server =
        Server.start(ConfigLoader.load(Path.of("no-such-file"), environment), Clock.systemUTC())
            .await();
    client = new Client(vertx, server.port());
  }

  private void awaitReadiness(int status) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    Answer answer = client.get("/health/ready");
    while (answer.status() != status && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      answer = client.get("/health/ready");
    }
    assertEquals(status, answer.status(), answer::toString);
  }

  private Answer healthOnceConnected() {
    AtomicReference<Answer> health = new AtomicReference<>();
    Await.until(
        () -> {
          health.set(client.get("/health"));
          return "connected".equals(health.get().json().getString("mongodb_status"));
        },
        () -> "" + health.get());
    return health.get();
  }

  /** The verdict and the one check it is made of. */
  private String probe(String path) {
    Answer answer = client.get(path);
    assertEquals("application/json", answer.header("Content-Type"), answer::toString);
    JsonObject check = answer.json().getJsonArray("checks").getJsonObject(0);
    return answer.status()
        + " "
        + answer.json().getString("status")
        + " "
        + check.getString("id")
        + " "
        + check.getString("status");
  }

  private static void assertUnavailable(Answer answer) {
    assertEquals(503, answer.status(), answer::toString);
    assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0);
    assertEquals("urn:benchmark-results:problem:unavailable", answer.json().getString("type"));
    assertFalse(answer.text().contains("127.0.0.1"), answer::text);
    assertFalse(answer.text().contains("com.mongodb"), answer::text);
  }

  private static String result(String name) {
    return new JsonObject()
        .put("timestamp", "t")
        .put("benchmark_name", name)
        .put("run_id", "r")
        .put("data", "[1.10]")
        .encode();
  }
}
