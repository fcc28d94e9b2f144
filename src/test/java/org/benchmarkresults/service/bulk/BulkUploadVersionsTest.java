package org.benchmarkresults.service.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of one result name within one load. */
@OnMongod
class BulkUploadVersionsTest {
  @RegisterExtension final RunningService service;

  BulkUploadVersionsTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private Map<Long, JsonObject> loaded(String lines) {
    return BulkUploadResponses.byLine(
        service
            .client()
            .send(
                HttpMethod.POST,
                "/raw_input",
                Buffer.buffer(lines),
                "Content-Type",
                "application/x-ndjson")
            .await());
  }

  private String data(String name) {
    return service.client().get(Bodies.path(name) + "/data").text();
  }

  /** Large lines are saved by themselves, and must neither overtake small ones nor be overtaken. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void linesOfOneNameBecomeVersionsInTheirOrder(int large) {
    String name = "ordered " + large;
    List<String> data = new ArrayList<>(List.of("[0]", "[1]", "[2]", "[3]", "[4]", "[5]"));
    data.set(large, '"' + "x".repeat(70_000) + '"');
    String lines =
        data.stream().map(one -> Bodies.withData(name, one)).collect(Collectors.joining("\n"));

    Map<Long, JsonObject> answers = loaded(lines);

    List<Integer> versions =
        answers.values().stream().map(answer -> answer.getInteger("version")).toList();
    assertEquals(List.of(1, 2, 3, 4, 5, 6), versions);
    assertEquals(data.get(5), data(name));
  }

  /** In more batches than are under way at once. */
  @Test
  void linesOfOneNameFarApartBecomeVersionsInTheirOrder() {
    String lines =
        IntStream.range(0, 3_000)
            .mapToObj(i -> Bodies.withData(i % 300 == 0 ? "far apart" : "between " + i, "" + i))
            .collect(Collectors.joining("\n"));

    Map<Long, JsonObject> answers = loaded(lines);

    assertEquals(3_000, answers.size());
    for (int i = 0; i < 10; i++) {
      assertEquals(i + 1, answers.get(300L * i + 1).getInteger("version"));
    }
    assertEquals("2700", data("far apart"));
  }

  @Test
  void linesOfOneNameBecomeVersionsOfIt() {
    String lines =
        IntStream.range(0, 20)
            .mapToObj(i -> Bodies.withData("versions", Integer.toString(i % 10)))
            .collect(Collectors.joining("\n"));

    Map<Long, JsonObject> answers = loaded(lines);

    Set<Integer> versions =
        answers.values().stream()
            .map(answer -> answer.getInteger("version"))
            .collect(Collectors.toSet());
    assertEquals(20, answers.size());
    assertEquals(IntStream.rangeClosed(1, 10).boxed().collect(Collectors.toSet()), versions);
  }
}
