package org.benchmarkresults.service.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD is answered wherever GET is. */
class HeadTest {
  private static final List<String> SAME =
      List.of(
          "Content-Type",
          "ETag",
          "Last-Modified",
          "Cache-Control",
          "Vary",
          "Link",
          "X-Total-Count");

  @RegisterExtension final RunningService service = RunningService.on(Backend.EMBEDDED);

  @BeforeEach
  void store() {
    for (String data : List.of("1", "[2]", "{\"n\":3}")) {
      service.client().post("/raw_input", Bodies.withData("b" + data.length(), data));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/raw_input",
        "/standardized_output",
        "/raw_input?limit=1&count=true",
        "/raw_input?fields=data",
        "/raw_input/nothing",
        "/raw_input/nothing/versions",
        "/runs/run",
        "/runs/nothing",
        "/benchmarks?limit=1",
        "/models",
        "/sources",
        "/tasks",
        "/metric_names?limit=1",
        "/observations?limit=1",
        "/audit",
        "/retention/preview",
        "/health",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/openapi.yaml",
        "/openapi.json",
        "/docs",
        "/docs/docs.css",
        "/nothing",
        "/raw_input?limit=0"
      })
  void withTheHeadersOfGet(String path) {
    Answer get = service.client().get(path);
    Answer head = service.client().head(path);

    assertEquals(get.status(), head.status(), head::toString);
    assertEquals(0, head.body().length());
    for (String name : SAME) {
      assertEquals(get.header(name), head.header(name), name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/data", "/versions"})
  void ofOneResult(String part) {
    withTheHeadersOfGet(Bodies.path("b1") + part);
  }
}
