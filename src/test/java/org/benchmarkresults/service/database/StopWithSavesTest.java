package org.benchmarkresults.service.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
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

/** Every request that is under way when the service stops is answered. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class StopWithSavesTest {
  private final DatabaseLine database = new DatabaseLine();
  private Vertx vertx;
  private Client client;

  @BeforeEach
  void clients(Vertx given) {
    vertx = given;
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Server start(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HTTP_PORT", "0");
    environment.put("HTTP_SHUTDOWN_GRACE", "3s");
    environment.put("MONGO_URL", database.url() + "/?serverSelectionTimeoutMS=200");
    environment.put("HEALTH_INTERVAL", "50ms");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    Server server =
        Server.start(ConfigLoader.load(Path.of("no-such-file"), environment), Clock.systemUTC())
            .await();
    client = new Client(vertx, server.port());
    Await.until(() -> client.get("/health/ready").status() == 200, () -> "never ready");
    return server;
  }

  private void awaitWaiting(int saves) {
    Await.until(() -> meter("storage_saves_retrying") >= saves, () -> "too few saves wait");
  }

  /** Beside the one that asks. */
  private void awaitUnderWay(int requests) {
    Await.until(
        () -> meter("http_server_requests_active") > requests, () -> "not all are under way");
  }

  /** Comes back when new connections are refused. */
  private static void awaitRefusal(int port) {
    Await.until(() -> isRefused(port), () -> "connections are still taken");
  }

  private static boolean isRefused(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  private int meter(String name) {
    return client
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElse(0);
  }

  private static void assertUnavailable(Answer answer) {
    assertEquals(503, answer.status(), answer::toString);
    assertNotNull(answer.header("Retry-After"), answer::toString);
    assertEquals("application/problem+json", answer.header("Content-Type"));
    assertTrue(answer.json().getString("detail").contains("is stopping"), answer::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 600_000})
  void aSaveThatWaitsForTheDatabaseIsAnswered(int size) {
    Server server = start();
    String body = Bodies.withData("waits", '"' + "x".repeat(size) + '"');
    database.goesAway();
    Future<Answer> raw = client.posting("/raw_input", Buffer.buffer(body));
    Future<Answer> standardized = client.posting("/standardized_output", Buffer.buffer(body));
    awaitWaiting(1);

    server.close().await();

    assertUnavailable(raw.await());
    assertUnavailable(standardized.await());
  }

  /** The operation itself lasts longer than the service. */
  @Test
  void requestsThatADatabaseDoesNotAnswerAreAnswered() {
    Server server = start("MONGO_OPERATION_TIMEOUT", "100s");
    database.hangs();
    Future<Answer> save =
        client.posting("/raw_input", Buffer.buffer(Bodies.withData("hangs", "1")));
    Future<Answer> list = client.send(HttpMethod.GET, "/raw_input?limit=3", Buffer.buffer());
    Future<Answer> wholeList = client.send(HttpMethod.GET, "/raw_input", Buffer.buffer());
    Future<Answer> find = client.send(HttpMethod.GET, "/raw_input/x", Buffer.buffer());
    awaitUnderWay(4);

    server.close().await();

    assertUnavailable(save.await());
    assertUnavailable(list.await());
    assertUnavailable(wholeList.await());
    assertUnavailable(find.await());
  }

  /** Those of two batches, which are given up one after the other. */
  @Test
  void theLinesOfALoadAreAnswered() {
    Server server = start();
    database.goesAway();
    HttpClientRequest request =
        client
            .request(HttpMethod.POST, "/raw_input", "Content-Type", "application/x-ndjson")
            .await()
            .setChunked(true);
    Future<Answer> load = request.response().compose(Client::answer);
    var unusedFirst = request.write(lines(0, 10));
    awaitWaiting(1);
    var unusedLast = request.end(lines(10, 20));
    awaitWaiting(2);

    server.close().await();

    List<Integer> statuses =
        load.await().text().lines().map(line -> new JsonObject(line).getInteger("status")).toList();
    assertEquals(20, statuses.size(), () -> load.await().text());
    assertEquals(List.of(503), statuses.stream().distinct().toList());
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Bodies.withData("line " + i, "1") + "\n")
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSaveThatTheDatabaseAnswersInTimeIsStored(boolean hangs) {
    Server server = start("HTTP_SHUTDOWN_GRACE", "60s");
    if (hangs) {
      database.hangs();
    } else {
      database.goesAway();
    }
    Future<Answer> save =
        client.posting("/raw_input", Buffer.buffer(Bodies.withData("in time", "1")));
    if (hangs) {
      awaitUnderWay(1);
    } else {
      awaitWaiting(1);
    }
    int port = server.port();
    Future<Void> closing = server.close();
    awaitRefusal(port);

    database.isThere();

    assertEquals(200, save.await().status());
    closing.await();
  }
}
