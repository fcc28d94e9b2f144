package org.benchmarkresults.service.list;

import static org.benchmarkresults.service.Problems.pointers;
import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Links;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmarks, models and sources there are results of. */
@OnDatabases
class ValueListsTest {
  /**
   * With what means something in queries, in patterns, in JSON and in URLs, and letters of all
   * lengths.
   */
  private static final List<String> MODELS =
      List.of(
          "",
          " ",
          "\"quoted\" 'too'",
          "$where",
          "%41",
          "*",
          "+1",
          ".*",
          "A",
          "Qwen/Qwen3-14B",
          "Qwen/Qwen3-8B",
          "[a]",
          "\\",
          "^a",
          "a",
          "a$",
          "a.b",
          "a/b",
          "aXb",
          "qwen/qwen3-8b",
          "\u007f",
          "é",
          "\uffee",
          "😀",
          "😁");

  @RegisterExtension final RunningService service;

  ValueListsTest(Backend backend) {
    service = RunningService.on(backend);
  }

  static List<String> models() {
    return MODELS;
  }

  @BeforeEach
  void storeOneOfEachModel() {
    if (service.client().get("/models?limit=1").array().isEmpty()) {
      // Not in their order.
      for (int i = MODELS.size() - 1; i >= 0; i--) {
        post("/raw_input", "of models", "run " + i, "kept by models", MODELS.get(i));
      }
    }
  }

  private Answer post(String path, String benchmark, String run, String source, String model) {
    JsonObject body =
        new JsonObject()
            .put("timestamp", Bodies.TIMESTAMP)
            .put("benchmark_name", benchmark)
            .put("run_id", run)
            .put("source", source)
            .put("model_id", model)
            .put("data", 1);
    Answer answer = service.client().post(path, body.encode());
    assertEquals(200, answer.status(), answer::toString);
    return answer;
  }

  private List<JsonObject> rows(String path) {
    Answer answer = service.client().get(path);
    assertEquals(200, answer.status(), answer::toString);
    return answer.array().stream().map(JsonObject.class::cast).toList();
  }

  private static List<String> names(List<JsonObject> rows) {
    return rows.stream().map(row -> row.getString("name")).toList();
  }

  private String firstReceived(String path, String name) {
    return service
        .client()
        .get(path + "/" + Bodies.encoded(name))
        .json()
        .getString("first_received_at");
  }

  @Test
  void eachStageIsCountedAndTheNewestOfBothIsLastSeen() {
    post("/raw_input", "counted", "1", null, null);
    post("/raw_input", "counted", "2", null, null);
    post("/raw_input", "counted", "3", null, null);
    String newest =
        post("/standardized_output", "counted", "1", null, null).json().getString("saved_as");

    List<JsonObject> rows = rows("/benchmarks?prefix=counted");

    assertEquals(
        List.of(
            new JsonObject()
                .put("name", "counted")
                .put("raw_input", 3)
                .put("standardized_output", 1)
                .put("last_seen", firstReceived("/standardized_output", newest))
                .put("is_lower_bound", false)),
        rows);
  }

  @Test
  void aNameOfOneStageAloneIsListed() {
    post("/standardized_output", "only standardized", "1", "only in standardized", null);

    JsonObject row = rows("/sources?prefix=only%20in").get(0);

    assertEquals(0, row.getInteger("raw_input"));
    assertEquals(1, row.getInteger("standardized_output"));
  }

  @Test
  void versionsDoNotCountTwiceAndTheNewestDecides() {
    String saved =
        post("/raw_input", "versions", "1", "first source", null).json().getString("saved_as");
    post("/raw_input", "versions", "1", "later source", null);
    post("/raw_input", "versions", "1", "latest source", null);

    List<JsonObject> benchmarks = rows("/benchmarks?prefix=versions");
    List<JsonObject> sources = rows("/sources?prefix=la");

    assertEquals(1, benchmarks.get(0).getInteger("raw_input"));
    assertEquals(firstReceived("/raw_input", saved), benchmarks.get(0).getString("last_seen"));
    assertEquals(List.of("latest source"), names(sources));
    assertEquals(List.of(), rows("/sources?prefix=first"));
  }

  @Test
  void whatIsMissingIsNoName() {
    post("/raw_input", "without source", "1", null, null);

    List<String> sources = names(rows("/sources?limit=1000"));

    assertEquals(List.of(), sources.stream().filter(name -> name == null).toList());
    assertEquals(List.of(), sources.stream().filter("null"::equals).toList());
  }

  @Test
  void namesAreInTheOrderOfTheirCodePoints() {
    List<JsonObject> rows = rows("/models");

    assertEquals(MODELS, names(rows));
    assertEquals(MODELS.stream().sorted(byCodePoints()).toList(), names(rows));
  }

  private static Comparator<String> byCodePoints() {
    return (left, right) ->
        Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
  }

  @ParameterizedTest
  @MethodSource("models")
  void aPrefixIsTakenLetterByLetter(String prefix) {
    List<JsonObject> rows = rows("/models?prefix=" + Bodies.encoded(prefix));

    assertEquals(MODELS.stream().filter(model -> model.startsWith(prefix)).toList(), names(rows));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.c", "AX", "qwen/Qwen", "{\"$gt\":\"\"}", "nothing", "\uffff"})
  void aPrefixOfNoneGivesNone(String prefix) {
    Answer answer = service.client().get("/models?prefix=" + Bodies.encoded(prefix));

    assertEquals("[]", answer.text());
    assertNull(answer.header("Link"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 24, 25, 1000})
  void pagesTogetherAreTheWhole(int limit) {
    List<String> names = new ArrayList<>();
    String path = "/models?limit=" + limit;
    int pages = 0;

    while (path != null) {
      Answer page = service.client().get(path);
      names.addAll(names(page.array().stream().map(JsonObject.class::cast).toList()));
      path = Links.next(page);
      pages++;
    }

    assertEquals(MODELS, names);
    assertEquals((MODELS.size() + limit - 1) / limit, pages);
  }

  @Test
  void pagesOfAPrefixStayWithinIt() {
    Answer first = service.client().get("/models?prefix=a&limit=2");

    Answer second = service.client().get(Links.next(first));

    assertEquals(List.of("a.b", "a/b"), names(rows(Links.next(first))));
    assertEquals(List.of("aXb"), names(rows(Links.next(second))));
  }

  @ParameterizedTest
  @CsvSource({
    "/models?limit=0, limit",
    "/models?limit=1001, limit",
    "/sources?limit=many, limit",
    "/benchmarks?prefix=a&prefix=b, prefix",
    "/benchmarks?prefx=a, prefx",
    "/models?curser=a, curser",
    "/models?limits=1, limits"
  })
  void aWrongParameterIsRefused(String path, String parameter) {
    Answer answer = service.client().get(path);

    JsonObject problem =
        requireProblem(answer, 400, "invalid-parameter", path.replaceFirst("\\?.*", ""));
    assertEquals(List.of(parameter), pointers(problem));
  }

  @Test
  void aCursorFitsItsOwnListAlone() {
    Client client = service.client();
    String next = Links.next(client.get("/models?prefix=a&limit=1"));
    String cursor = next.replaceFirst(".*cursor=", "");
    String changed = (cursor.startsWith("A") ? "B" : "A") + cursor.substring(1);

    List<Answer> answers =
        Stream.of(
                "/models?prefix=a&cursor=" + changed,
                "/models?prefix=a&cursor=",
                "/models?prefix=b&cursor=" + cursor,
                "/models?cursor=" + cursor,
                "/sources?prefix=a&cursor=" + cursor,
                "/raw_input?limit=1&cursor=" + cursor)
            .map(client::get)
            .toList();

    for (Answer answer : answers) {
      assertEquals(422, answer.status(), answer::toString);
      assertEquals(List.of("cursor"), pointers(answer.json()));
    }
    assertEquals(200, client.get(next).status());
  }
}
