package org.benchmarkresults.service.files;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON lines of runs become one result a line. */
@OnDatabases
class FileLinesTest {
  private static final Path ADAPTERS = Path.of("src/test/resources/adapters");

  @RegisterExtension final RunningService service;

  FileLinesTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private Answer put(String path, String file, String... headers) {
    return service.client().send(HttpMethod.PUT, path, Buffer.buffer(file), headers).await();
  }

  private static List<JsonObject> results(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    return answer.json().getJsonArray("results").stream().map(JsonObject.class::cast).toList();
  }

  private String data(JsonObject result) {
    String name = Bodies.encoded(result.getString("saved_as"));
    return service.client().get("/raw_input/" + name + "/data").text();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\n\n", "\r\n \t\r\n"})
  void eachLineIsAResultWithItsBytes(String between) {
    List<String> lines = List.of(ToolOutput.llamaBench(1), ToolOutput.llamaBench(2));

    List<JsonObject> results =
        results(put("/files", "\uFEFF" + String.join(between, lines) + between));

    int apart = between.chars().filter(unit -> unit == '\n').sum() / '\n';
    assertEquals(List.of(1, 1 + apart), results.stream().map(r -> r.getInteger("line")).toList());
    assertEquals(lines, results.stream().map(this::data).toList());
    results.forEach(result -> assertEquals("llama-bench", result.getString("tool")));
    results.forEach(result -> assertTrue(result.getInteger("observations") > 0));
  }

  @Test
  void aGivenRunIdGetsTheNumberOfTheLine() {
    String file = ToolOutput.llamaBench(3) + "\n\n" + ToolOutput.llamaBench(4);

    List<JsonObject> results = results(put("/files?run_id=nightly", file));
    List<JsonObject> one = results(put("/files?run_id=alone", ToolOutput.llamaBench(3) + "\n"));

    assertEquals(
        List.of("nightly-1", "nightly-3"),
        results.stream().map(result -> result.getString("run_id")).toList());
    assertEquals("alone", one.get(0).getString("run_id"));
  }

  @Test
  void aLineKeepsItsNameWhenOthersAreAppended() {
    String[] lines = {"Content-Type", "application/x-ndjson"};
    String first = ToolOutput.llamaBench(5) + "\n";

    JsonObject alone = results(put("/files", first, lines)).get(0);
    List<JsonObject> both = results(put("/files", first + ToolOutput.llamaBench(6), lines));

    assertEquals(alone.getString("saved_as"), both.get(0).getString("saved_as"));
    assertEquals("already_stored", both.get(0).getString("outcome"));
    assertEquals("stored", both.get(1).getString("outcome"));
  }

  @Test
  void twoEqualLinesAreOneResult() {
    String line = ToolOutput.llamaBench(7);

    List<JsonObject> results = results(put("/files", line + "\n" + line));

    assertEquals(
        List.of("stored", "already_stored"),
        results.stream().map(result -> result.getString("outcome")).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aBrokenLineAffectsNoOther(int broken) {
    List<String> lines =
        IntStream.range(0, 3)
            .mapToObj(i -> i == broken ? "{\"a\": tru}" : ToolOutput.llamaBench(10 + i))
            .toList();

    List<JsonObject> results = results(put("/files", String.join("\n", lines)));

    for (int i = 0; i < 3; i++) {
      assertEquals(i == broken ? 400 : 200, results.get(i).getInteger("status"), "" + results);
    }
    JsonObject problem = results.get(broken).getJsonObject("problem");
    assertTrue(problem.getString("type").endsWith(":broken-json"));
    int before = lines.stream().limit(broken).mapToInt(line -> line.length() + 1).sum();
    int offset = problem.getInteger("offset");
    assertTrue(offset > before && offset <= before + 10, "" + problem);
  }

  @Test
  void aFileOfWhichNoLineIsStoredIsRefusedAsAWhole() {
    String file = ToolOutput.sglang("12.5") + "\n" + ToolOutput.sglang("13.5");

    Answer refused = put("/files", file);
    List<JsonObject> results = results(put("/files?timestamp=2026-01-01", file));

    requireProblem(refused, 422, "not-identified", "/files");
    assertEquals(2, results.size());
    assertEquals("sglang", results.get(0).getString("tool"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lm-eval/samples.jsonl",
        "lm-eval/samples-old.json",
        "evalscope/reviews.jsonl",
        "aiperf/records.jsonl",
        "mteb/model_meta.json"
      })
  void otherThanResultsIsNotMadeIntoResults(String name) throws IOException {
    String file = Files.readString(ADAPTERS.resolve(name));

    Answer answer = put("/files?benchmark_name=held&timestamp=2026-01-01", file);

    JsonObject problem = requireProblem(answer, 422, "no-run", "/files");
    assertTrue(problem.getString("detail").contains("held"), answer::toString);
    assertEquals(0, service.client().get("/raw_input?benchmark_name=held").array().size());
  }

  private static String own(int lines, String member) {
    return IntStream.range(0, lines)
        .mapToObj(i -> "{\"accuracy\":0." + i + "1" + member + "}")
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aTeamsOwnLinesNeedANameAndAreNotSamples() {
    String named = "/files?benchmark_name=own&timestamp=2026-01-01";

    Answer unnamed = put("/files?timestamp=2026-01-01", own(3, ""));
    List<JsonObject> few = results(put(named, own(32, "")));
    Answer many = put(named, own(33, ""));
    List<JsonObject> timed = results(put(named, own(33, ",\"timestamp\":\"2026-01-02\"")));
    Answer unknown = put(named, "{\"a\":\"b\"}\n{\"a\":\"c\"}");

    requireProblem(unnamed, 422, "not-identified", "/files");
    assertEquals(32, few.size());
    assertFalse(few.stream().anyMatch(result -> result.getInteger("status") != 200), "" + few);
    requireProblem(many, 422, "not-results", "/files");
    assertEquals(33, timed.size());
    requireProblem(unknown, 422, "not-results", "/files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\n", "1\n"})
  void thousandsOfUselessLinesDoNotHideAGoodOne(String useless) {
    String file = useless.repeat(9_999) + ToolOutput.llamaBench(41);

    List<JsonObject> results = results(put("/files", file, "Content-Type", "application/x-ndjson"));

    assertEquals(10_000, results.size());
    assertEquals(200, results.get(9_999).getInteger("status"));
  }

  @Test
  void aFileOfTooManyLinesIsRefused() {
    Answer answer = put("/files", "{}\n".repeat(10_001));

    JsonObject problem = requireProblem(answer, 422, "too-many-lines", "/files");
    assertEquals(10_000, problem.getInteger("limit"));
  }
}
