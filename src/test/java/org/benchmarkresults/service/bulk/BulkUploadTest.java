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
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Compression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many results in one request, one a line. */
@OnMongod
class BulkUploadTest {
  private static final String LINES = "application/x-ndjson";
  private static final int LIMIT = 2 << 20;

  @RegisterExtension final RunningService service;

  BulkUploadTest(Backend backend) {
    service =
        RunningService.on(backend, Map.of("HTTP_BODY_LIMIT", "2MiB", "HTTP_UPLOAD_BUDGET", "4MiB"));
  }

  private Answer load(Compression compression, Buffer lines) {
    return service
        .client()
        .send(HttpMethod.POST, "/raw_input", compression.of(lines), compression.headers(LINES))
        .await();
  }

  /** The answer lines by the number of the line they answer. */
  private Map<Long, JsonObject> loaded(String lines) {
    return BulkUploadResponses.byLine(load(Compression.NONE, Buffer.buffer(lines)));
  }

  private static String kinds(Map<Long, JsonObject> answers) {
    return answers.entrySet().stream()
        .map(answer -> answer.getKey() + " " + kind(answer.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String kind(JsonObject answer) {
    JsonObject problem = answer.getJsonObject("problem");
    return problem == null
        ? answer.getString("outcome")
        : problem.getString("type").replaceFirst(".*:", "");
  }

  private String data(String name) {
    return service.client().get(Bodies.path(name) + "/data").text();
  }

  @Test
  void eachLineIsAnsweredAsIfItCameAlone() {
    Map<Long, JsonObject> answers = loaded(Bodies.withData("alone", "{\"a\": 1.10}") + "\n");

    JsonObject single =
        service.client().post("/raw_input", Bodies.withData("alone", "{\"a\": 1.10}")).json();
    JsonObject expected = single.copy().put("line", 1).put("status", 200).put("outcome", "stored");
    assertEquals(expected, answers.get(1L));
    assertEquals("already_stored", single.getString("outcome"));
    assertEquals("{\"a\": 1.10}", data("alone"));
  }

  @Test
  void badLinesDoNotStopTheOthers() {
    String lines =
        String.join(
            "\n",
            Bodies.withData("good-1", "1"),
            "{\"benchmark_name\":",
            "",
            "{\"timestamp\":\"t\",\"data\":1}",
            "[]",
            Bodies.withData("deep", "[".repeat(600) + "]".repeat(600)),
            "{\"benchmark_name\":\"good\",\"timestamp\":\""
                + Bodies.TIMESTAMP
                + "\",\"run_id\":\"1-run\",\"data\":1}",
            Bodies.withData("good-2", "NaN"));
    loaded(Bodies.withData("good-1", "1"));

    Map<Long, JsonObject> answers = loaded(lines);

    assertEquals(
        "1 already_stored, 2 broken-json, 4 invalid-member, 5 invalid-member, 6 nested-too-deep,"
            + " 7 name-taken, 8 stored",
        kinds(answers));
    assertEquals(422, answers.get(4L).getInteger("status"));
    assertEquals(
        Set.of("type", "title", "status", "detail", "errors"),
        answers.get(4L).getJsonObject("problem").fieldNames());
    assertEquals("NaN", data("good-2"));
  }

  @Test
  void aByteOrderMarkBlankLinesAndAnyLineEndAreTaken() {
    String lines =
        "\ufeff\n\r\n"
            + Bodies.withData("crlf 1", "1")
            + "\r\n  \t\n"
            + Bodies.withData("crlf 2", "2");

    Map<Long, JsonObject> answers = loaded(lines);

    assertEquals("3 stored, 5 stored", kinds(answers));
    assertEquals("2", data("crlf 2"));
  }

  @Test
  void aByteOrderMarkBeforeTheFirstLineIsTaken() {
    Map<Long, JsonObject> answers = loaded("\ufeff" + Bodies.withData("marked", "1"));

    assertEquals("1 stored", kinds(answers));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n\n"})
  void aLoadOfNothingIsAnsweredByNothing(String lines) {
    assertEquals(Map.of(), loaded(lines));
  }

  @ParameterizedTest
  @EnumSource
  void sendingAllAgainChangesNothing(Compression compression) {
    String name = "again " + compression;
    Buffer lines =
        Buffer.buffer(
            IntStream.range(0, 2_500)
                .mapToObj(i -> Bodies.withData(name + i, "{\"value\": " + i + ".10}") + '\n')
                .collect(Collectors.joining()));

    Map<Long, JsonObject> first = BulkUploadResponses.byLine(load(compression, lines));
    Map<Long, JsonObject> second = BulkUploadResponses.byLine(load(compression, lines));

    assertEquals(Set.of("stored"), outcomes(first));
    assertEquals(2_500, first.size());
    assertEquals(Set.of("already_stored"), outcomes(second));
    assertEquals(2_500, second.size());
    assertEquals("{\"value\": 2499.10}", data(name + 2_499));
  }

  private static Set<String> outcomes(Map<Long, JsonObject> answers) {
    return answers.values().stream().map(BulkUploadTest::kind).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource
  void linesOfAnySizeComeBackByteForByte(Compression compression) {
    String name = "sized " + compression + ' ';
    List<String> data = new ArrayList<>();
    for (int size : new int[] {1, 60_000, 66_000, 131_000, 140_000, 300_000, 1_900_000, 2}) {
      data.add('"' + "é€𝄞\\u00e9".repeat(size / 15) + " ".repeat(size % 15) + '"');
    }
    Buffer lines = Buffer.buffer();
    for (int i = 0; i < data.size(); i++) {
      lines.appendString(Bodies.withData(name + i, data.get(i))).appendString("\n");
    }

    Map<Long, JsonObject> answers = BulkUploadResponses.byLine(load(compression, lines));

    assertEquals(Set.of("stored"), outcomes(answers), () -> kinds(answers));
    for (int i = 0; i < data.size(); i++) {
      assertEquals(data.get(i), data(name + i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLineThatIsTooLargeIsPassedOver(Compression compression) {
    String name = "beside large " + compression;
    String large = Bodies.withData("too large", '"' + "x".repeat(LIMIT) + '"');
    Buffer lines =
        Buffer.buffer(
            Bodies.withData(name + 1, "1")
                + '\n'
                + large
                + '\n'
                + Bodies.withData(name + 2, "2")
                + '\n'
                + large);

    Map<Long, JsonObject> answers = BulkUploadResponses.byLine(load(compression, lines));

    assertEquals("1 stored, 2 body-too-large, 3 stored, 4 body-too-large", kinds(answers));
    assertEquals(LIMIT, answers.get(2L).getJsonObject("problem").getInteger("limit"));
  }

  @Test
  void aStarRefusesANewVersionForEveryLine() {
    loaded(Bodies.withData("star", "1"));
    String lines = Bodies.withData("star", "2") + '\n' + Bodies.withData("star new", "1");

    Answer answer =
        service
            .client()
            .send(
                HttpMethod.POST,
                "/raw_input",
                Buffer.buffer(lines),
                "Content-Type",
                LINES,
                "If-None-Match",
                "*")
            .await();
    Map<Long, JsonObject> without = loaded(lines);

    assertEquals("1 version-refused, 2 stored", kinds(BulkUploadResponses.byLine(answer)));
    assertEquals("1 new_version, 2 already_stored", kinds(without));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/ndjson",
        "application/jsonl; charset=utf-8",
        "application/jsonlines",
        "Application/X-JsonLines"
      })
  void linesByAnyNameAreTaken(String type) {
    Answer answer =
        service
            .client()
            .send(
                HttpMethod.POST,
                "/standardized_output",
                Buffer.buffer(Bodies.withData(type, "1")),
                "Content-Type",
                type)
            .await();

    assertEquals("1 stored", kinds(BulkUploadResponses.byLine(answer)));
    String path = "/standardized_output/" + Bodies.encoded(Bodies.resultName(type)) + "/data";
    assertEquals("1", service.client().get(path).text());
  }

  @Test
  void whatWasExportedCanBeLoaded() {
    String lines =
        Bodies.withMembers("exported 1", "\"extra\":1.10,\"data\":{\"a\": 1.10}")
            + '\n'
            + Bodies.withData("exported 2", "[1e400, NaN]")
            + '\n'
            + Bodies.withData("exported 3", '"' + "x".repeat(70_000) + '"');
    loaded(lines);
    service.client().post("/raw_input", Bodies.withData("exported 4", "{\n  \"a\":\t1.10\n}"));
    Answer exported =
        service
            .client()
            .get(
                "/raw_input?fields=data&name_prefix=" + Bodies.TIMESTAMP + "-exported",
                "Accept",
                LINES);

    Map<Long, JsonObject> answers =
        BulkUploadResponses.byLine(load(Compression.NONE, exported.body()));

    assertEquals(4, answers.size(), exported::toString);
    assertEquals(Set.of("already_stored"), outcomes(answers), () -> kinds(answers));
  }
}
