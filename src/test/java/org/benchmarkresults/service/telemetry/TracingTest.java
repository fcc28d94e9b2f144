package org.benchmarkresults.service.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** One trace from the caller over the bus to the database, and its id in the log. */
@ExtendWith(VertxExtension.class)
class TracingTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";
  private static final String PARENT = "00-" + TRACE + "-" + CALLER + "-01";

  private final Database database = Backend.MONGOD.freshDatabase();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Collector collector;
  private Server server;
  private Client client;

  @BeforeEach
  void begin(Vertx vertx) {
    collector = new Collector(vertx);
    log.start();
    requests().setLevel(Level.INFO);
    requests().addAppender(log);
  }

  private static Logger requests() {
    return (Logger) LoggerFactory.getLogger("org.benchmarkresults.requests");
  }

  private void start(Vertx vertx, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("TRACING_ENDPOINT", collector.url());
    server = Server.start(database.config(settings), Clock.systemUTC()).await();
    client = new Client(vertx, server.port());
  }

  @AfterEach
  void end() {
    requests().setLevel(null);
    requests().detachAppender(log);
    server.close().await();
    database.close();
  }

  private static Span named(String name, List<Span> spans) {
    return spans.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
  }

  private static boolean has(String name, List<Span> spans) {
    return spans.stream().anyMatch(span -> span.getName().equals(name));
  }

  @Test
  void aSaveIsOneTraceFromTheCallerToTheDatabase(Vertx vertx) {
    start(vertx, Map.of());

    int status =
        client.post("/raw_input", Bodies.withData("a", "1"), "traceparent", PARENT).status();

    assertEquals(200, status);
    List<Span> spans =
        collector.await(
            TRACE, found -> has("insert raw_input", found) && has("saveRawInput", found));
    Span request = named("saveRawInput", spans);
    assertEquals(CALLER, Collector.hex(request.getParentSpanId()));
    List<String> way = Collector.wayUp(named("insert raw_input", spans), spans);
    assertEquals("insert raw_input", way.get(0));
    assertEquals("saveRawInput", way.get(way.size() - 1), way::toString);
    assertTrue(
        spans.stream()
            .flatMap(span -> span.getAttributesList().stream())
            .anyMatch(attribute -> attribute.getValue().getStringValue().equals("results.save")),
        spans::toString);
  }

  private List<String> loggedTraces() {
    return List.copyOf(log.list).stream()
        .flatMap(line -> line.getKeyValuePairs().stream())
        .filter(pair -> pair.key.equals("trace_id"))
        .map(pair -> "" + pair.value)
        .toList();
  }

  @Test
  void theLineOfARequestNamesItsTrace(Vertx vertx) {
    start(vertx, Map.of());

    client.get("/raw_input", "traceparent", PARENT);
    collector.await(TRACE, found -> has("listRawInput", found));

    // Spans and the lines of the log go their own ways.
    Await.until(() -> List.of(TRACE).equals(loggedTraces()), () -> "" + loggedTraces());
  }

  @Test
  void tracesHoldNeitherKeysNorData(Vertx vertx) {
    String key;
    try (ApiKeys keys =
        new ApiKeys(database.config(Map.of("SECURITY_KEYS", "true")), Clock.systemUTC())) {
      key = keys.create("read,write");
    }
    start(vertx, Map.of("SECURITY_KEYS", "true"));

    client.post(
        "/raw_input",
        Bodies.withData("a", "\"s3cr3t data\""),
        "traceparent",
        PARENT,
        "Authorization",
        "Bearer " + key);

    collector.await(TRACE, found -> has("insert raw_input", found) && has("saveRawInput", found));
    String received = collector.received();
    assertTrue(received.contains("saveRawInput"));
    assertFalse(received.contains(key.substring(20)), "the key is in the trace");
    assertFalse(received.contains("s3cr3t"), "the data is in the trace");
    assertFalse(received.contains("Bearer"), "the header is in the trace");
  }

  @Test
  void whatIsNotSampledIsNotSent(Vertx vertx) {
    start(vertx, Map.of("TRACING_SAMPLING_RATIO", "0"));

    client.get("/raw_input/not-sampled");
    client.get("/raw_input", "traceparent", PARENT);

    collector.await(TRACE, found -> has("listRawInput", found));
    assertFalse(collector.received().contains("findRawInput"));
  }
}
