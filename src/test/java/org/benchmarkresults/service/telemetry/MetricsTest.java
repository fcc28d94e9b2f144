package org.benchmarkresults.service.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.FreePorts;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics of a node. */
@ExtendWith(VertxExtension.class)
class MetricsTest {

  private final Database database = Backend.EMBEDDED.freshDatabase();
  private Server server;
  private Client client;

  private void start(Vertx vertx, String... settings) {
    Map<String, String> more = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      more.put(settings[i], settings[i + 1]);
    }
    server = Server.start(database.config(more), Clock.systemUTC()).await();
    client = new Client(vertx, server.port());
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close().await();
    }
    database.close();
  }

  private String metrics() {
    Answer answer = client.get("/metrics");
    assertEquals(200, answer.status(), answer::toString);
    assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.header("Content-Type"));
    return answer.text();
  }

  private static void assertLine(String line, String metrics) {
    assertTrue(metrics.lines().anyMatch(line::equals), () -> line + " is not in\n" + metrics);
  }

  @Test
  void requestsAreCountedByOperationAndStatus(Vertx vertx) {
    start(vertx);
    client.post("/raw_input", Bodies.withData("first", "1"));
    client.post("/raw_input", Bodies.withData("second", "1"));
    client.post("/raw_input", "no JSON");
    client.get("/nothing");
    client.send(HttpMethod.valueOf("BREW"), "/raw_input", Buffer.buffer()).await();

    String metrics = metrics();

    String count = "http_server_requests_seconds_count{method=";
    assertLine(count + "\"POST\",operation=\"saveRawInput\",status=\"200\"} 2", metrics);
    assertLine(count + "\"POST\",operation=\"saveRawInput\",status=\"400\"} 1", metrics);
    assertLine(count + "\"GET\",operation=\"none\",status=\"404\"} 1", metrics);
    assertLine(count + "\"other\",operation=\"none\",status=\"405\"} 1", metrics);
    assertLine("http_server_requests_active 1.0", metrics);
  }

  /** The rules of {@code promtool check metrics} that a library's meters could break. */
  @Test
  void everyMeterHasAHelpTextAndANameThatPrometheusWants(Vertx vertx) {
    start(vertx);
    client.post("/raw_input", Bodies.withData("named", "1"));

    List<String> faults = new ArrayList<>();
    List<String> lines = metrics().lines().toList();
    for (String line : lines) {
      if (!line.startsWith("# TYPE ")) {
        continue;
      }
      String name = line.split(" ")[2];
      String type = line.split(" ")[3];
      Set<String> words = new HashSet<>(List.of(name.split("_")));
      words.retainAll(
          Set.of(
              "s",
              "ms",
              "us",
              "ns",
              "sec",
              "millis",
              "milliseconds",
              "b",
              "kb",
              "mb",
              "gb",
              "kib",
              "mib",
              "gib",
              "pct"));
      boolean counts = type.equals("counter");
      if (lines.stream().noneMatch(help -> help.matches("# HELP " + name + " \\S.*"))
          || counts != name.endsWith("_total")
          || name.matches(".*(_(count|sum|bucket|gauge|counter|histogram|summary)$|[A-Z:]).*")
          || !words.isEmpty()) {
        faults.add(line);
      }
    }

    assertEquals(List.of(), faults);
  }

  @Test
  void groupsOfInsertsAreCounted(Vertx vertx) {
    start(vertx);
    client.post("/raw_input", Bodies.withData("single", "1"));
    client
        .send(
            HttpMethod.POST,
            "/raw_input",
            Buffer.buffer(Bodies.withData("one", "1") + "\n" + Bodies.withData("two", "1")),
            "Content-Type",
            "application/x-ndjson")
        .await();

    String metrics = metrics();

    String documents = "storage_insert_documents_sum{collection=\"raw_input\",kind=";
    assertLine(documents + "\"single\"} 1.0", metrics);
    assertLine(documents + "\"bulk\"} 2.0", metrics);
    assertLine("storage_insert_queue_bytes{collection=\"raw_input\",kind=\"bulk\"} 0.0", metrics);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mongodb_driver_commands_seconds_count\\{.*command=\"(insert|update)\".*",
        "mongodb_driver_pool_size\\{.*",
        "vertx_eventbus_delivered_total\\{.*",
        "vertx_pool_usage_seconds_count\\{.*",
        "jvm_memory_used_bytes\\{area=\"heap\".*",
        "jvm_gc_pause_seconds_count.*",
        "process_cpu_usage .*",
        "benchmark_results_info\\{version=\"[^\"]+\"\\} 1"
      })
  void whatLiesBehindIsMeasured(String pattern, Vertx vertx) {
    start(vertx);
    client.post("/raw_input", Bodies.withData("single", "1"));
    Pattern line = Pattern.compile(pattern);
    System.gc();

    // The JVM tells of a collection some time after it.
    Await.until(
        () -> metrics().lines().anyMatch(text -> line.matcher(text).matches()),
        () -> pattern + " is not in " + metrics());
  }

  @Test
  void aPortOfItsOwnServesProbesAndMetricsAlone(Vertx vertx) throws IOException {
    int port = FreePorts.one();
    start(vertx, "MANAGEMENT_PORT", Integer.toString(port));
    Client management = new Client(vertx, port);

    List<Integer> there =
        List.of("/metrics", "/health", "/health/live", "/health/ready").stream()
            .map(path -> management.get(path).status())
            .toList();

    assertEquals(List.of(200, 200, 200, 200), there);
    assertEquals(404, management.get("/raw_input").status());
    assertEquals(404, management.post("/raw_input", Bodies.withData("a", "1")).status());
    assertEquals(404, client.get("/metrics").status());
    assertEquals(200, client.get("/health/ready").status());
  }

  /** The prober sends no more, while earlier requests are still answered. */
  @Test
  void aNodeThatStopsIsNotReadyAndFinishesWhatIsUnderWay(Vertx vertx) throws IOException {
    int port = FreePorts.one();
    start(vertx, "MANAGEMENT_PORT", Integer.toString(port), "HTTP_SHUTDOWN_GRACE", "60s");
    Client management = new Client(vertx, port);
    Buffer body = Buffer.buffer(Bodies.withData("late", "1.10"));
    HttpClientRequest request =
        client.request(HttpMethod.POST, "/raw_input", "Content-Type", "application/json").await();
    request.putHeader("Content-Length", Integer.toString(body.length()));
    request.write(body.slice(0, 10)).await();
    assertEquals(200, management.get("/health/ready").status());

    Future<Void> closed = server.close();

    Answer ready = management.get("/health/ready");
    assertEquals(503, ready.status(), ready::toString);
    assertEquals("running", ready.json().getJsonArray("checks").getJsonObject(0).getString("id"));
    assertEquals(200, management.get("/health/live").status());
    assertFalse(closed.isComplete());
    request.end(body.slice(10, body.length())).await();
    assertEquals(200, request.response().await().statusCode());
    closed.await();
    server = null;
  }
}
