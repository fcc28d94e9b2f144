package org.benchmarkresults.service.list;

import static org.benchmarkresults.service.Problems.pointers;
import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Lists;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters that choose results. */
@OnDatabases
class FilterParametersTest {
  private static final List<String> RESULTS =
      List.of(
          """
          {"run_id":"r1","benchmark_name":"A","model_id":"org/M1","tokenizer_id":"T1","source":"vllm",
           "timestamp":"2026-04-21T12:00:00Z","tasks":"aime","seed":1,"data":[NaN]}""",
          """
          {"run_id":"r2","benchmark_name":"A","model_id":"org/M2","tokenizer_id":"T1","source":"sglang",
           "timestamp":"2026-04-22","tasks":"gpqa","seed":10,"$set":{"a":1},"data":2}""",
          """
          {"run_id":"r3","benchmark_name":"B","timestamp":"soon","tasks":null,"loss":NaN,"data":{}}""",
          """
          {"run_id":"r4","benchmark_name":"é & ü=+%😀","model_id":"org/M1","tokenizer_id":"T2",
           "source":"vllm","timestamp":1777000000,"tasks":["aime"],"seed":"2","data":"text"}""");

  @RegisterExtension final RunningService service;

  FilterParametersTest(Backend backend) {
    service = RunningService.on(backend);
  }

  @BeforeEach
  void storeResults() {
    for (String result : RESULTS) {
      assertEquals(200, service.client().post("/raw_input", result).status());
    }
  }

  private Set<String> found(String path) {
    return new TreeSet<>(Lists.members(service.client().get(path), "run_id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "benchmark_name=A | r1 r2",
        "benchmark_name=A&benchmark_name=B | r1 r2 r3",
        "benchmark_name=%C3%A9%20%26%20%C3%BC%3D%2B%25%F0%9F%98%80 | r4",
        "benchmark_name=a | ''",
        "benchmark_name= | ''",
        "model_id=org/M1 | r1 r4",
        "model_id=org%2FM1&model_id=org/M2 | r1 r2 r4",
        "tokenizer_id=T1 | r1 r2",
        "tokenizer_id=T1&tokenizer_id=T2 | r1 r2 r4",
        "source=vllm | r1 r4",
        "source=vllm&source=sglang | r1 r2 r4",
        "run_id=r3 | r3",
        "run_id=r3&run_id=r4&run_id=r5 | r3 r4",
        "since=2026-04-22 | r2 r4",
        "since=2026-04-21T12:00:00Z | r1 r2 r4",
        "until=2026-04-21T12:00:00Z | ''",
        "until=2026-04-22T00:00:00Z | r1",
        "since=2026-04-21T14:00:00.001%2B02:00&until=1777000001 | r2 r4",
        "name_prefix=2026-04-2 | r1 r2",
        "name_prefix=soon-B-r3 | r3",
        "name_prefix=soon-B-r3x | ''",
        "benchmark_name=A&model_id=org/M1 | r1",
        "benchmark_name=A&model_id=org/M1&source=sglang | ''",
        "benchmark_name=A&benchmark_name=B&since=2026-04-22 | r2",
        "deleted=false&run_id=r1 | r1",
        "deleted=true | ''",
        "_unknown=1&run_id=r1 | r1",
      })
  void parametersChooseResults(String query, String expected) {
    assertEquals(names(expected), found("/raw_input?" + query));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "extra.tasks==aime | r1",
        "extra.tasks!=aime | r2 r3 r4",
        "extra.tasks=exists=true | r1 r2 r4",
        "extra.tasks=exists=false | r3",
        "extra.tasks==null | r3",
        "extra.nothing=exists=false | r1 r2 r3 r4",
        "extra.seed==1 | r1",
        "extra.seed==2 | r4",
        "extra.seed>1 | r2",
        "extra.seed>=1;extra.seed<10.5 | r1 r2",
        "extra.tasks=prefix=ai | r1",
        "extra.$set=exists=true | r2",
        "model_id=exists=false | r3",
        "model_id!=org/M1 | r2 r3",
        "model_id=out=(org/M1,org/M2) | r3",
        "model_id=prefix=org/ | r1 r2 r4",
        "timestamp<2026-04-22 | r1",
        "instant=exists=false | r3",
        "version==1;size>=2;size<5 | r3",
        "size==1 | r2",
        "non_finite==1 | r1 r3",
        "non_finite==0 | r2 r4",
        "non_finite>0 | r1 r3",
        "non_finite<1 | r2 r4",
        "benchmark_name=='é & ü=+%😀' | r4",
        "pk==soon-B-r3 | r3",
        "source==sglang,source=exists=false | r2 r3",
        "(source==sglang,source==vllm);benchmark_name==A;model_id!=org/M2 | r1",
        "model_id=='{\"$gt\":\"\"}' | ``",
        "digest=prefix=sha256:;benchmark_name==B | r3",
      })
  void filtersChooseResults(String filter, String expected) {
    assertEquals(names(expected), found(Lists.path("/raw_input", "filter", filter)));
  }

  private static Set<String> names(String expected) {
    return expected.isEmpty() ? Set.of() : Set.of(expected.split(" "));
  }

  @Test
  void aSemicolonNeedsNoEscape() {
    assertEquals(
        Set.of("r1"), found("/raw_input?filter=benchmark_name==A;(model_id==org/M1,size>9)"));
  }

  @Test
  void aFilterIsCombinedWithParameters() {
    String path =
        Lists.path(
            "/raw_input",
            "source",
            "vllm",
            "filter",
            "extra.tasks==aime,extra.seed==2",
            "until",
            "2026-04-22");

    assertEquals(Set.of("r1"), found(path));
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=10001, limit",
    "limit=ten, limit",
    "limit=1.5, limit",
    "limit=, limit",
    "limit=99999999999999999999, limit",
    "limit=1&limit=2, limit",
    "sort=size, sort",
    "sort=, sort",
    "sort=--received_at, sort",
    "sort=model_id&sort=-model_id, sort",
    "count=yes, count",
    "count=, count",
    "deleted=1, deleted",
    "fields=, fields",
    "filter=, filter",
    "since=2026&since=2027, since",
    "cursor=a&cursor=b, cursor",
    "bench_mark_name=A, bench_mark_name",
    "benchmarkname=A, benchmarkname",
    "modelid=x, modelid",
    "Limit=1, Limit",
    "filters=x, filters",
    "sortt=model_id, sortt",
    "runid=r1, runid",
  })
  void badValuesAndMisspeltNamesAreRefused(String query, String pointer) {
    Answer answer = service.client().get("/raw_input?" + query);

    JsonObject problem = requireProblem(answer, 400, "invalid-parameter", "/raw_input");
    assertEquals(List.of(pointer), pointers(problem));
  }

  @Test
  void aMisspeltNameIsTold() {
    Answer answer = service.client().get("/standardized_output?model_ids=x");

    assertTrue(
        answer.json().getString("detail").contains("did you mean model_id?"), answer::toString);
  }

  @Test
  void aParameterIsRepeatedSoOftenAndNoMore() {
    String most = "/raw_input?run_id=r1" + "&run_id=x".repeat(49);

    assertEquals(Set.of("r1"), found(most));
    Answer answer = service.client().get(most + "&run_id=x");
    assertEquals(
        List.of("run_id"),
        pointers(requireProblem(answer, 400, "invalid-parameter", "/raw_input")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filter=modle_id==x | filter | did you mean model_id, or extra.modle_id",
        "filter=model_id==x;; | filter | is not valid RSQL",
        "filter=size==big | filter | whole number",
        "filter=timestamp>soon | filter | must be a time",
        "fields=pk,modle_id | fields | did you mean model_id, or extra.modle_id",
        "since=soon | since | must be a time",
        "until=tomorrow | until | must be a time",
        "cursor=nonsense | cursor | start again",
      })
  void whatMeansNothingIsRefusedWithAHint(String query, String pointer, String hint) {
    Answer answer = service.client().get("/raw_input?" + query);

    JsonObject problem = requireProblem(answer, 422, "invalid-query", "/raw_input");
    assertEquals(List.of(pointer), pointers(problem));
    assertTrue(problem.getString("detail").contains(hint), problem::encode);
  }

  static List<String> tooMuch() {
    return List.of(
        "source==" + "x".repeat(4_096),
        "(".repeat(17) + "source==x" + ")".repeat(17),
        "source==x;".repeat(100) + "source==x",
        "source=in=(" + "x,".repeat(50) + "x)");
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void aFilterThatIsTooMuchIsRefused(String filter) {
    Answer answer = service.client().get(Lists.path("/raw_input", "filter", filter));

    requireProblem(answer, 422, "invalid-query", "/raw_input");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw_input", "/standardized_output"})
  void bothStagesAreSearchedApart(String path) {
    Map<String, Set<String>> expected =
        Map.of("/raw_input", Set.of("r1"), "/standardized_output", Set.of());

    assertEquals(expected.get(path), found(path + "?run_id=r1"));
  }
}
