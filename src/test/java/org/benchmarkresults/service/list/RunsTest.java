package org.benchmarkresults.service.list;

import static org.benchmarkresults.service.Problems.pointers;
import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Links;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything of one run. */
@OnDatabases
class RunsTest {
  private static final String RAW = "/raw_input";
  private static final String STANDARDIZED = "/standardized_output";

  @RegisterExtension final RunningService service;

  RunsTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private void post(String path, String run, String benchmark, String data) {
    Answer answer = service.client().post(path, body(run, benchmark, data).toString());
    assertEquals(200, answer.status(), answer::toString);
  }

  private static Buffer body(String run, String benchmark, String data) {
    String envelope =
        new JsonObject()
            .put("timestamp", "t")
            .put("benchmark_name", benchmark)
            .put("run_id", run)
            .put("tasks", "aime24")
            .encode();
    return Buffer.buffer(envelope.replaceFirst("}$", ",\"data\":") + data + "}");
  }

  private Answer run(String run, String query) {
    return service.client().get("/runs/" + Bodies.encoded(run) + query);
  }

  private static List<JsonObject> results(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    return answer.json().getJsonArray("results").stream().map(JsonObject.class::cast).toList();
  }

  private static List<String> names(Answer answer) {
    return results(answer).stream().map(result -> result.getString("pk")).toList();
  }

  @Test
  void rawStandsBesideStandardizedAsInTheLists() {
    post(RAW, "both", "b", "[1]");
    post(STANDARDIZED, "both", "b", "[1,2]");

    Answer answer = run("both", "");

    JsonObject expected =
        new JsonObject()
            .put("name", "t-b-both")
            .put("pk", "t-b-both")
            .put("raw_input", listed(RAW, "both"))
            .put("standardized_output", listed(STANDARDIZED, "both"));
    assertEquals(
        new JsonObject().put("run_id", "both").put("results", new JsonArray().add(expected)),
        answer.json());
    assertNull(answer.header("Link"));
  }

  private JsonObject listed(String path, String run) {
    return service.client().get(path + "?run_id=" + run).array().getJsonObject(0);
  }

  @Test
  void whatOneStageLacksIsNull() {
    post(RAW, "halves", "a", "1");
    post(STANDARDIZED, "halves", "b", "1");
    post(RAW, "halves", "c", "1");
    post(STANDARDIZED, "halves", "c", "1");

    List<JsonObject> results = results(run("halves", "?fields=size"));

    JsonObject size = new JsonObject().put("size", 1);
    assertEquals(
        List.of(
            pair("t-a-halves", size, null),
            pair("t-b-halves", null, size),
            pair("t-c-halves", size, size)),
        results);
  }

  private static JsonObject pair(String name, JsonObject raw, JsonObject standardized) {
    return new JsonObject()
        .put("name", name)
        .put("pk", name)
        .put("raw_input", raw)
        .put("standardized_output", standardized);
  }

  @Test
  void aRunIsFoundByItsWholeIdAlone() {
    post(RAW, "whole", "a", "1");
    post(RAW, "whole-too", "a", "1");
    post(RAW, "Whole", "a", "1");

    assertEquals(List.of("t-a-whole"), names(run("whole", "")));
  }

  @Test
  void theNewestVersionIsShown() {
    post(RAW, "versions", "a", "1");
    post(RAW, "versions", "a", "22");

    List<JsonObject> results = results(run("versions", "?fields=version,data"));

    assertEquals(
        List.of(pair("t-a-versions", new JsonObject().put("version", 2).put("data", 22), null)),
        results);
  }

  @Test
  void aNameThatTwoRunsShareBelongsToEachInItsOwnStage() {
    post(RAW, "c", "a-b", "1");
    post(STANDARDIZED, "b-c", "a", "1");

    JsonObject ofRaw = results(run("c", "?fields=benchmark_name")).get(0);
    JsonObject ofStandardized = results(run("b-c", "?fields=benchmark_name")).get(0);

    assertEquals(pair("t-a-b-c", new JsonObject().put("benchmark_name", "a-b"), null), ofRaw);
    assertEquals(
        pair("t-a-b-c", null, new JsonObject().put("benchmark_name", "a")), ofStandardized);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "/",
        "%",
        "%2F",
        "a b",
        " a ",
        "a+b",
        "é😀",
        "?x=1",
        "#",
        "$where",
        "\"",
        "a:b;c,d",
        "..a",
        "{run_id}",
        "*"
      })
  void anyRunIdIsFound(String run) {
    post(RAW, run, "special", "1");

    Answer answer = run(run, "?limit=1");

    assertEquals(run, answer.json().getString("run_id"));
    assertEquals(List.of("t-special-" + run), names(answer));
  }

  @Test
  void dataIsGivenOnRequest() {
    String large = "\"" + "x".repeat(70_000) + "\"";
    post(RAW, "data", "a", "{\"acc\":NaN,\"n\":1}");
    post(STANDARDIZED, "data", "a", large);

    JsonObject result = results(run("data", "?fields=data,extra.tasks,size")).get(0);

    assertEquals(
        new JsonObject()
            .put("data", new JsonObject().putNull("acc").put("n", 1))
            .put("extra.tasks", "aime24")
            .put("size", 17),
        result.getJsonObject("raw_input"));
    assertEquals("x".repeat(70_000), result.getJsonObject("standardized_output").getString("data"));
    assertEquals(70_002, result.getJsonObject("standardized_output").getInteger("size"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 60, 61, 1000})
  void pagesOfAReusedIdTogetherAreTheWhole(int limit) {
    String run = "re/used " + limit;
    List<String> expected = storeReused(run);
    List<String> names = new ArrayList<>();
    String path = "/runs/" + Bodies.encoded(run) + "?limit=" + limit + "&fields=pk";

    while (path != null) {
      Answer page = service.client().get(path);
      assertEquals(true, names(page).size() <= limit);
      names.addAll(names(page));
      path = Links.next(path, page);
    }

    assertEquals(expected, names);
  }

  /** Sixty names: of a third one stage has them, of a third the other, of a third both. */
  private List<String> storeReused(String run) {
    List<String> benchmarks =
        IntStream.range(0, 60).mapToObj(i -> (i % 7 == 0 ? "😀" : "\uffee") + i).toList();
    Client client = service.client();
    Future.all(
            IntStream.range(0, 60)
                .boxed()
                .flatMap(
                    i ->
                        Stream.of(RAW, STANDARDIZED)
                            .filter(path -> i % 3 == 2 || (i % 3 == 0) == path.equals(RAW))
                            .map(path -> client.posting(path, body(run, benchmarks.get(i), "1"))))
                .toList())
        .await();
    return benchmarks.stream()
        .map(benchmark -> "t-" + benchmark + "-" + run)
        .sorted(
            (left, right) ->
                Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray()))
        .toList();
  }

  @Test
  void aPageEndsBeforeItsResultsAreTooLarge() {
    String data = "\"" + "x".repeat(60_000) + "\"";
    Client client = service.client();
    Future.all(
            IntStream.range(0, 100)
                .mapToObj(i -> client.posting(RAW, body("large", "b%03d".formatted(i), data)))
                .toList())
        .await();
    post(STANDARDIZED, "large", "b099", "1");

    Answer first = run("large", "?limit=1000&fields=data");
    Answer second = client.get(Links.next(first));

    assertEquals(
        IntStream.range(0, 100).mapToObj("t-b%03d-large"::formatted).toList(),
        Stream.of(first, second).flatMap(page -> names(page).stream()).toList());
    assertNull(Links.next(second));
    assertEquals(
        1, results(second).getLast().getJsonObject("standardized_output").getInteger("data"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "nothing?limit=5", "%00", "%0a", "a%2Fb%2Fc"})
  void aRunWithoutResultsIsNotFound(String path) {
    Answer answer = service.client().get("/runs/" + path);

    requireProblem(answer, 404, "run-not-found", "/runs/" + path.replaceFirst("\\?.*", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=0, limit",
    "?limit=1001, limit",
    "?feilds=data, feilds",
    "?limt=1, limt",
    "?cursor=a&cursor=b, cursor"
  })
  void aWrongParameterIsRefused(String query, String parameter) {
    Answer answer = run("any", query);

    JsonObject problem = requireProblem(answer, 400, "invalid-parameter", "/runs/any");
    assertEquals(List.of(parameter), pointers(problem));
  }

  @Test
  void anUnknownMemberIsRefused() {
    Answer answer = run("any", "?fields=sise");

    JsonObject problem = requireProblem(answer, 422, "invalid-query", "/runs/any");
    assertEquals(List.of("fields"), pointers(problem));
  }

  @Test
  void aCursorFitsItsOwnRunAlone() {
    post(RAW, "cursor", "a", "1");
    post(RAW, "cursor", "b", "1");
    String next = Links.next(run("cursor", "?limit=1"));
    String cursor = next.replaceFirst(".*cursor=", "");

    Answer other = run("another", "?cursor=" + cursor);
    Answer cut = run("cursor", "?cursor=" + cursor.substring(1));
    Answer own = run("cursor", "?limit=5&fields=pk&cursor=" + cursor);

    assertEquals(422, other.status(), other::toString);
    assertEquals(422, cut.status(), cut::toString);
    assertEquals(List.of("t-b-cursor"), names(own));
  }
}
