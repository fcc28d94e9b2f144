package org.benchmarkresults.service.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.DatabaseLine;
import org.benchmarkresults.config.ConfigLoader;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saves wait for a database that is away for a while; nothing else does. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class SavesWaitTest {
  private static final int LARGE = 600_000;

  private final DatabaseLine database = new DatabaseLine();
  private Vertx vertx;
  private Server server;
  private Client client;

  @BeforeEach
  void clients(Vertx given) {
    vertx = given;
  }

  @AfterEach
  void close() {
    database.close();
    server.close().await();
  }

  private void start(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HTTP_PORT", "0");
    environment.put("HTTP_SHUTDOWN_GRACE", "1s");
    environment.put("MONGO_URL", database.url() + "/?serverSelectionTimeoutMS=200");
    environment.put("MONGO_OPERATION_TIMEOUT", "500ms");
    environment.put("HEALTH_INTERVAL", "50ms");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    server =
        Server.start(ConfigLoader.load(Path.of("no-such-file"), environment), Clock.systemUTC())
            .await();
    client = new Client(vertx, server.port());
  }

  private void startReady(String... more) {
    start(more);
    Await.until(() -> client.get("/health/ready").status() == 200, () -> "never ready");
  }

  private Future<Answer> posting(String path, String body) {
    return client.posting(path, Buffer.buffer(body));
  }

  private int waiting() {
    return client
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("storage_saves_retrying "))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElse(0);
  }

  private void awaitWaiting() {
    Await.until(() -> waiting() > 0, () -> "no save waits");
  }

  private static void assertStored(String outcome, int version, Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    assertEquals(outcome, answer.json().getString("outcome"), answer::toString);
    assertEquals(version, answer.json().getInteger("version"), answer::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, LARGE})
  void bothStagesAreStoredOnceTheDatabaseIsBack(int size) {
    startReady();
    String body = Bodies.withData("waits", '"' + "x".repeat(size) + '"');
    database.goesAway();
    Future<Answer> raw = posting("/raw_input", body);
    Future<Answer> standardized = posting("/standardized_output", body);
    awaitWaiting();

    database.isThere();

    assertStored("stored", 1, raw.await());
    assertStored("stored", 1, standardized.await());
    assertStored("already_stored", 1, client.post("/raw_input", body));
  }

  /**
   * Messages are held back and arrive at the database later, when nobody waits for them any more.
   */
  @ParameterizedTest
  @ValueSource(ints = {5, LARGE})
  void aSaveRecognisesWhatItWroteWithoutAnAnswer(int size) throws InterruptedException {
    startReady();
    client.post("/raw_input", Bodies.withData("another", "1"));
    database.hangs();
    String body = Bodies.withData("waits", '"' + "x".repeat(size) + '"');
    Future<Answer> raw = posting("/raw_input", body);
    database.awaitHeldBytes();
    awaitWaiting();

    database.isThere();

    assertStored("stored", 1, raw.await());
    String name = raw.await().json().getString("saved_as");
    assertEquals(size + 2, client.get("/raw_input/" + name + "/data").body().length());
  }

  @Test
  void aNewVersionWaitsToo() throws InterruptedException {
    startReady();
    client.post("/raw_input", Bodies.withData("versions", "1"));
    database.hangs();
    Future<Answer> second = posting("/raw_input", Bodies.withData("versions", "2"));
    database.awaitHeldBytes();
    awaitWaiting();

    database.isThere();

    assertStored("new_version", 2, second.await());
  }

  @Test
  void theLinesOfALoadAreStoredOnceTheDatabaseIsBack() {
    startReady();
    database.goesAway();
    String lines =
        IntStream.range(0, 20)
            .mapToObj(
                i -> Bodies.withData("line " + i, i == 7 ? '"' + "x".repeat(LARGE) + '"' : "1"))
            .collect(Collectors.joining("\n"));
    Future<Answer> load =
        client.send(
            HttpMethod.POST,
            "/raw_input",
            Buffer.buffer(lines),
            "Content-Type",
            "application/x-ndjson");
    awaitWaiting();

    database.isThere();

    List<String> outcomes =
        load.await()
            .text()
            .lines()
            .map(line -> new JsonObject(line).getString("outcome"))
            .distinct()
            .toList();
    assertEquals(List.of("stored"), outcomes, () -> load.await().text());
  }

  @Test
  void aNodeThatStartsWithoutItsDatabaseLetsSavesWait() {
    database.goesAway();
    start();
    Future<Answer> raw = posting("/raw_input", Bodies.withData("early", "1"));
    awaitWaiting();

    database.isThere();

    assertStored("stored", 1, raw.await());
  }

  @Test
  void readsAndProbesAnswerAtOnce() {
    startReady();
    database.goesAway();
    Future<Answer> raw = posting("/raw_input", Bodies.withData("waits", "1"));
    awaitWaiting();

    assertEquals(503, client.get("/raw_input?limit=1").status());
    assertEquals(503, client.get("/raw_input/x").status());
    assertEquals(200, client.get("/health/live").status());
    assertEquals(200, client.get("/health/ready").status());
    assertFalse(raw.isComplete());

    database.isThere();
    assertEquals(200, raw.await().status());
  }

  @Test
  void aSaveAndReadinessWaitNoLongerThanTheSettingSays() {
    startReady("MONGO_SAVE_TIMEOUT", "1s");
    database.goesAway();

    Answer answer = client.post("/raw_input", Bodies.withData("waits", "1"));

    assertEquals(503, answer.status(), answer::toString);
    Await.until(() -> client.get("/health/ready").status() == 503, () -> "ready for ever");
  }
}
