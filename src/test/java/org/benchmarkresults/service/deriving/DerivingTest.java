package org.benchmarkresults.service.deriving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results are read for observations soon after they are stored. */
@OnDatabases
class DerivingTest {
  private static final Path FILES = Path.of("src/test/resources/series");

  @RegisterExtension final RunningService service;

  DerivingTest(Backend backend) {
    service = RunningService.on(backend);
  }

  @Test
  void aFileOfVllmIsDerived() throws IOException {
    post("/raw_input", "vllm", file("vllm-raw.json"));

    JsonObject derived = Derived.raw(service.client(), "vllm");

    assertEquals("derived", derived.getString("state"), derived::encode);
    assertEquals("vllm", derived.getString("tool"));
    JsonObject median = observation(derived, "/median_ttft_ms");
    assertEquals("50.0", median.getString("text"));
    assertEquals(true, median.getBoolean("primary"));
    assertEquals("Qwen/Qwen3-8B", median.getString("model"));
  }

  @Test
  void bothRecordsOfARunAreOfOneSeriesInWhicheverOrderTheyCome() throws IOException {
    post("/raw_input", "first", file("lm-eval-raw.json"));
    post("/standardized_output", "first", file("lm-eval-standardized.json"));
    post("/standardized_output", "second", file("lm-eval-standardized.json"));
    JsonObject alone = Derived.of(service.client(), "standardized_output", "second");
    post("/raw_input", "second", file("lm-eval-raw.json"));

    JsonObject raw = Derived.raw(service.client(), "first");
    JsonObject standardized = Derived.of(service.client(), "standardized_output", "first");

    assertEquals(4, series(raw).size());
    assertEquals(series(raw), series(standardized));
    assertTrue(!series(raw).equals(series(alone)));
    Await.until(
        () ->
            series(Derived.of(service.client(), "standardized_output", "second"))
                .equals(series(raw)),
        () -> "the standardized output is not read again");
  }

  @Test
  void theContextOfTheEnvelopeComesFirst() throws IOException {
    Answer posted =
        service
            .client()
            .post(
                "/raw_input",
                Bodies.withMembers(
                    "context",
                    "\"model_id\":\"other\",\"context\":{\"hardware\":\"H100\",\"concurrency\":32},"
                        + "\"data\":"
                        + file("vllm-raw.json")));
    assertEquals(200, posted.status(), posted::toString);

    JsonObject derived = Derived.raw(service.client(), "context");

    JsonObject dimensions = observation(derived, "/median_ttft_ms").getJsonObject("dimensions");
    assertEquals("H100", dimensions.getString("hardware"));
    assertEquals("32", "" + dimensions.getValue("concurrency"));
    assertEquals("other", observation(derived, "/median_ttft_ms").getString("model"));
    assertEquals(2, derived.getJsonArray("contradictions").size(), derived::encode);
  }

  @Test
  void aNewVersionReplacesTheObservationsOfTheOneBefore() throws IOException {
    post("/raw_input", "versions", file("vllm-raw.json"));
    JsonObject first = Derived.raw(service.client(), "versions");
    post("/raw_input", "versions", "{\"accuracy\":0.5}");

    Await.until(
        () ->
            Derived.raw(service.client(), "versions").getJsonObject("result").getInteger("version")
                == 2,
        () -> "the new version is not read");
    JsonObject second = Derived.raw(service.client(), "versions");

    assertTrue(first.getJsonArray("observations").size() > 10);
    assertEquals(1, second.getJsonArray("observations").size(), second::encode);
  }

  @Test
  void whatNoAdapterRecognisesIsDerivedToNothing() {
    post("/raw_input", "unknown", "{\"a\":\"b\"}");

    JsonObject derived = Derived.raw(service.client(), "unknown");

    assertEquals("derived", derived.getString("state"));
    assertNull(derived.getJsonObject("adapter"));
    assertEquals(new JsonArray(), derived.getJsonArray("observations"));
  }

  @Test
  void whatCannotBeReadHasFailedWithTheReason() {
    StringBuilder tasks = new StringBuilder("{\"results\":{");
    for (int i = 0; i < 260_000; i++) {
      tasks.append(i == 0 ? "" : ",").append("\"t").append(i).append("\":{\"acc,none\":0.5}");
    }
    post("/raw_input", "complex", tasks.append("}}").toString());
    post("/raw_input", "after", "{\"accuracy\":0.5}");

    JsonObject failed = Derived.raw(service.client(), "complex");

    assertEquals("failed", failed.getString("state"));
    assertTrue(failed.getString("reason").contains("more than 500000 values"), failed::encode);
    assertEquals("derived", Derived.raw(service.client(), "after").getString("state"));
  }

  private void post(String path, String benchmarkName, String data) {
    Answer posted = service.client().post(path, Bodies.withData(benchmarkName, data));
    assertEquals(200, posted.status(), posted::toString);
  }

  private static String file(String name) throws IOException {
    return Files.readString(FILES.resolve(name)).strip();
  }

  private static JsonObject observation(JsonObject derived, String pointer) {
    return derived.getJsonArray("observations").stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("pointer").equals(pointer))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> series(JsonObject derived) {
    Map<String, String> series = new TreeMap<>();
    for (Object one : derived.getJsonArray("observations")) {
      JsonObject observation = (JsonObject) one;
      series.put(
          observation.getString("task")
              + observation.getString("metric")
              + observation.getString("variant")
              + observation.getString("statistic"),
          observation.getString("series"));
    }
    return series;
  }
}
