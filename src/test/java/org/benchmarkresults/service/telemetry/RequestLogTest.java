package org.benchmarkresults.service.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The line of a request in the log tells why it was refused, without anything of what was sent. */
class RequestLogTest {
  private static final String SECRET = "s3cr3t";

  @RegisterExtension
  final RunningService service =
      RunningService.on(Backend.EMBEDDED, Map.of("HTTP_BODY_LIMIT", "1KiB"));

  private final Logger requests = (Logger) LoggerFactory.getLogger("org.benchmarkresults.requests");
  private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          lines.add(line);
        }
      };

  @BeforeEach
  void listen() {
    appender.start();
    requests.addAppender(appender);
    requests.setLevel(Level.DEBUG);
  }

  @AfterEach
  void stopListening() {
    requests.detachAppender(appender);
    requests.setLevel(null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | /raw_input                       | {"benchmark_name":"s3cr3t"}                     | invalid-member    | /timestamp /data
          POST | /standardized_output             | {"timestamp":"s3cr3t","benchmark_name":{},"data":1} | invalid-member | /benchmark_name
          POST | /raw_input                       | ["s3cr3t"]                                      | invalid-member    | body
          POST | /raw_input                       | {"s3cr3t                                        | broken-json       |
          GET  | /raw_input?limit=s3cr3t&sort=s3cr3t |                                              | invalid-parameter | limit sort
          GET  | /raw_input?filter=s3cr3t==1      |                                                 | invalid-query     | filter
          GET  | /raw_input/nothing-s3cr3t        |                                                 | result-not-found  |
          PUT  | /raw_input                       |                                                 | method-not-allowed|
          GET  | /nothing                         |                                                 | no-such-path      |
          """)
  void aRefusedRequestIsLoggedWithItsReason(
      String method, String path, String body, String problem, String pointers) {
    Buffer sent = Buffer.buffer(body == null ? "" : body);
    service
        .client()
        .send(HttpMethod.valueOf(method), path, sent, "Content-Type", "application/json")
        .await();

    Map<String, String> line = line(path);

    assertEquals(problem, line.get("problem"), line::toString);
    assertEquals(Integer.toString(sent.length()), line.get("bytes"));
    if (pointers == null) {
      assertFalse(line.containsKey("pointer"), line::toString);
    } else {
      assertEquals(
          List.of(pointers.split(" ")).stream().sorted().toList(),
          List.of(line.get("pointer").split(" ")).stream().sorted().toList());
    }
    line.remove("path");
    assertFalse(line.toString().contains(SECRET), line::toString);
  }

  @Test
  void refusedLinesOfALoadAreLoggedOnceWithTheirReasons() {
    StringBuilder load = new StringBuilder(Bodies.withData("good", "1")).append('\n');
    for (int i = 0; i < 300; i++) {
      load.append("{\"timestamp\":\"s3cr3t\",\"benchmark_name\":{},\"data\":1}\n");
      load.append("{\"s3cr3t\n");
    }
    service
        .client()
        .send(
            HttpMethod.POST,
            "/raw_input",
            Buffer.buffer(load.toString()),
            "Content-Type",
            "application/x-ndjson")
        .await();

    Map<String, String> line = line("/raw_input");

    assertEquals("200", line.get("status"), line::toString);
    assertEquals("600", line.get("refused_lines"), line::toString);
    assertEquals("2", line.get("first_refused_line"), line::toString);
    assertEquals("broken-json:300 invalid-member:300", line.get("line_problems"));
    assertEquals("/benchmark_name", line.get("line_pointers"));
    assertFalse(line.toString().contains(SECRET), line::toString);
    long told =
        lines.stream()
            .filter(event -> ("" + event.getKeyValuePairs()).contains("refused_lines"))
            .count();
    assertEquals(1, told, lines::toString);
  }

  @Test
  void whatIsTooLargeIsLoggedWithItsSize() {
    service.client().post("/raw_input", Bodies.withData("b", "\"" + "x".repeat(5_000) + "\""));

    Map<String, String> line = line("/raw_input");

    assertEquals("body-too-large", line.get("problem"));
    assertTrue(Long.parseLong(line.get("bytes")) > 5_000, line::toString);
  }

  @Test
  void whatTheCallerNamesEndsNoLine() {
    service.client().get("/raw_input?limi%0At%22%5C=1&sor=" + SECRET);

    String line = line("/raw_input").toString();

    assertFalse(line.contains("\n") || line.contains("\"") || line.contains("\\"), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/metrics"})
  void aProbeThatSucceedsIsForDebugging(String path) {
    service.client().get(path);

    assertEquals(Level.DEBUG, event(path).getLevel());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/nothing", "/raw_input", "/openapi.json"})
  void everyOtherRequestIsLogged(String path) {
    service.client().get(path);

    assertEquals(Level.INFO, event(path).getLevel());
  }

  private Map<String, String> line(String path) {
    return event(path).getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
  }

  private ILoggingEvent event(String path) {
    String plain = path.replaceFirst("\\?.*", "");
    Await.until(() -> find(plain).isPresent(), () -> path + " is not in " + lines);
    return find(plain).orElseThrow();
  }

  private Optional<ILoggingEvent> find(String path) {
    return lines.stream()
        .filter(
            line ->
                line.getKeyValuePairs().stream()
                    .anyMatch(pair -> pair.key.equals("path") && pair.value.equals(path)))
        .findFirst();
  }
}
