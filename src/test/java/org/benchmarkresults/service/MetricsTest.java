package org.benchmarkresults.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node tells Prometheus. */
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
    server.close().await();
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

    String documents = "storage_group_documents_sum{collection=\"raw_input\",kind=";
    assertLine(documents + "\"single\"} 1.0", metrics);
    assertLine(documents + "\"load\"} 2.0", metrics);
    assertLine("storage_group_waiting_bytes{collection=\"raw_input\",kind=\"load\"} 0.0", metrics);
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
    if (pattern.startsWith("jvm_gc")) {
      System.gc();
    }

    String metrics = metrics();

    Pattern line = Pattern.compile(pattern);
    assertTrue(
        metrics.lines().anyMatch(text -> line.matcher(text).matches()), () -> pattern + metrics);
  }

  @Test
  void aPortOfItsOwnServesProbesAndMetricsAlone(Vertx vertx) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
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
}
