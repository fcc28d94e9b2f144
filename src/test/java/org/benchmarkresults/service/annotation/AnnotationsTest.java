package org.benchmarkresults.service.annotation;

import static org.benchmarkresults.service.Problems.pointers;
import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Links;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changing and reading the annotations of one result name. */
@OnDatabases
class AnnotationsTest {
  @RegisterExtension final RunningService service;

  AnnotationsTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private String store(String benchmark) {
    return store("raw_input", benchmark, "1");
  }

  private String store(String stage, String benchmark, String data) {
    Answer stored = service.client().post("/" + stage, Bodies.withData(benchmark, data));
    assertEquals(200, stored.status(), stored::toString);
    return "/" + stage + "/" + Bodies.encoded(Bodies.resultName(benchmark));
  }

  private Answer send(HttpMethod method, String path, String... headers) {
    return service.client().send(method, path, Buffer.buffer(), headers).await();
  }

  private Future<Answer> patching(String path, String patch, String... headers) {
    return service.client().send(HttpMethod.PATCH, path, Buffer.buffer(patch), headers);
  }

  private Answer patch(String path, String patch, String... headers) {
    return patching(path, patch, headers).await();
  }

  private JsonObject patched(String path, String patch) {
    Answer answer = patch(path, patch);
    assertEquals(200, answer.status(), answer::toString);
    return answer.json();
  }

  private JsonObject read(String path) {
    Answer answer = service.client().get(path);
    assertEquals(200, answer.status(), answer::toString);
    return answer.json();
  }

  private static JsonObject annotations(JsonObject of) {
    JsonObject annotations = new JsonObject();
    for (String name : List.of("labels", "note", "excluded")) {
      annotations.put(name, of.getValue(name));
    }
    return annotations;
  }

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  @Test
  void aPatchChangesWhatItNamesAndLeavesTheRest() {
    String path = store("merge");
    JsonObject before = read(path);

    patched(path, "{\"labels\":{\"nightly\":\"main\",\"n\":1.50,\"t\":true},\"note\":\"*a* é😀\"}");
    patched(path, "{\"labels\":{\"t\":null,\"team\":\"\"},\"excluded\":{\"reason\":\"hot\"}}");

    JsonObject after = read(path);
    assertEquals(
        json(
            "{'labels':{'n':'1.50','nightly':'main','team':''},'note':'*a* é😀',"
                + "'excluded':{'reason':'hot'}}"),
        annotations(after));
    for (String name : List.of("digest", "version", "versions", "received_at", "data", "size")) {
      assertEquals(before.getValue(name), after.getValue(name), name);
    }
    patched(path, "{\"labels\":null,\"note\":null,\"excluded\":null}");
    assertEquals(before, read(path));
  }

  @Test
  void anUnchangedPatchLeavesNoTrace() {
    String path = store("unchanged");
    patched(path, "{\"labels\":{\"a\":\"1\"}}");
    String tag = service.client().get(path).header("ETag");

    JsonObject again = patched(path, "{\"labels\":{\"a\":\"1\",\"b\":null}}");

    assertEquals(List.of(false, 1), List.of(again.getValue("changed"), again.getValue("revision")));
    assertEquals(tag, service.client().get(path).header("ETag"));
    assertEquals(1, service.client().get(path + "/annotations").array().size());
  }

  @Test
  void twoPeopleAtOnceGetOneRefusal() {
    String path = store("conflict");
    String tag = service.client().get(path).header("ETag");

    List<Future<Answer>> answers =
        IntStream.range(0, 8)
            .mapToObj(i -> patching(path, "{\"labels\":{\"by\":\"" + i + "\"}}", "If-Match", tag))
            .toList();
    List<Integer> statuses =
        answers.stream().map(answer -> answer.await().status()).sorted().toList();

    assertEquals(
        Stream.concat(Stream.of(200), Stream.generate(() -> 412).limit(7)).toList(), statuses);
    assertNotEquals(tag, service.client().get(path).header("ETag"));
    requireProblem(patch(path, "{\"note\":\"x\"}", "If-Match", tag), 412, "other-state", path);
    String now = service.client().get(path).header("ETag");
    assertEquals(200, patch(path, "{\"note\":\"x\"}", "If-Match", now).status());
  }

  @Test
  void changesWithoutAPreconditionAreAllKept() {
    String path = store("parallel");

    List<Future<Answer>> answers =
        IntStream.range(0, 20)
            .mapToObj(i -> patching(path, "{\"labels\":{\"k" + i + "\":\"v\"}}"))
            .toList();
    answers.forEach(answer -> assertEquals(200, answer.await().status()));

    assertEquals(20, read(path).getJsonObject("labels").size());
    assertEquals(20, service.client().get(path + "/annotations?limit=100").array().size());
  }

  @Test
  void aTagWithAnnotationsGuardsADeletion() {
    String path = store("guarded");
    String saved = service.client().get(path).header("ETag");
    patched(path, "{\"labels\":{\"keep\":\"yes\"}}");
    String labelled = service.client().get(path).header("ETag");
    patched(path, "{\"labels\":{\"keep\":\"always\"}}");

    assertEquals(412, send(HttpMethod.DELETE, path, "If-Match", labelled).status());
    assertEquals(200, send(HttpMethod.DELETE, path, "If-Match", saved).status());
  }

  @Test
  void aPairSharesThemWhicheverComesFirst() {
    String raw = store("pair");
    patched(raw, "{\"labels\":{\"a\":\"1\"}}");

    String standardized = store("standardized_output", "pair", "2");

    JsonObject expected = json("{'labels':{'a':'1'},'note':null,'excluded':null}");
    Await.until(
        () -> annotations(read(standardized)).equals(expected), () -> read(standardized).encode());
    patched(standardized, "{\"labels\":{\"a\":\"2\"}}");
    assertEquals(json("{'a':'2'}"), read(raw).getJsonObject("labels"));
  }

  @Test
  void theySurviveVersionsDeletionAndRestore() {
    String path = store("survives");
    store("standardized_output", "survives", "1");
    patched(path, "{\"labels\":{\"a\":\"1\"},\"note\":\"n\",\"excluded\":{\"reason\":\"r\"}}");
    JsonObject expected = annotations(read(path));

    store("raw_input", "survives", "2");
    assertEquals(expected, annotations(read(path)));
    assertEquals(expected, annotations(read(path + "?version=1")));
    assertEquals(200, send(HttpMethod.POST, path + "/restore?version=1").status());
    assertEquals(expected, annotations(read(path)));
    assertEquals(200, send(HttpMethod.DELETE, path).status());
    patched(
        path.replace("raw_input", "standardized_output"), "{\"labels\":{\"while\":\"deleted\"}}");
    assertEquals(200, send(HttpMethod.POST, path + "/restore").status());

    JsonObject restored = annotations(read(path));
    expected.getJsonObject("labels").put("while", "deleted");
    assertEquals(expected, restored);
    assertEquals(expected, annotations(read(path + "?version=2")));
  }

  @Test
  void theHistoryHasPagesAndWhoMadeEachChange() {
    String path = store("history");
    for (int i = 1; i <= 5; i++) {
      patched(path, "{\"labels\":{\"n\":\"" + i + "\"}}");
    }

    Answer first = service.client().get(path + "/annotations?limit=3");
    String next = Links.next(path + "/annotations", first);
    Answer second = service.client().get(next);

    List<Object> revisions =
        Stream.concat(first.array().stream(), second.array().stream())
            .map(row -> ((JsonObject) row).getValue("revision"))
            .toList();
    assertEquals(List.of(5, 4, 3, 2, 1), revisions);
    assertNull(Links.next(second));
    JsonObject row = first.array().getJsonObject(0);
    assertEquals(json("{'n':'5'}"), row.getJsonObject("labels"));
    Answer table = service.client().get(path + "/annotations?format=csv&limit=1");
    assertEquals("revision,at,caller,labels,note,excluded", table.text().lines().findFirst().get());
  }

  @Test
  void thereAreAtMostSixtyFourLabels() {
    String path = store("many");
    JsonObject labels = new JsonObject();
    IntStream.range(0, 64).forEach(i -> labels.put("k" + i, "v"));
    patched(path, new JsonObject().put("labels", labels).encode());

    Answer more = patch(path, "{\"labels\":{\"one-more\":\"v\"}}");

    requireProblem(more, 422, "invalid-member", path);
    patched(path, "{\"labels\":{\"k0\":null,\"one-more\":\"v\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"labels":{"a b":"x"}}                | /labels/a b
          {"labels":{"a":"x","a":"y"}}          | /labels/a
          {"labels":{"a":"x\\u2028y"}}          | /labels/a
          {"labels":{"":"x"}}                   | /labels/
          {"labels":{"a":{}}}                   | /labels/a
          {"labels":{"a":"x\\ny"}}              | /labels/a
          {"labels":["a"]}                      | /labels
          {"note":5}                            | /note
          {"note":"a\\u0000b"}                  | /note
          {"excluded":true}                     | /excluded
          {"excluded":{"reason":" "}}           | /excluded/reason
          {"excluded":{"why":"x"}}              | /excluded
          {"data":1}                            | /data
          {"other":1}                           | /other
          """)
  void whatIsNoAnnotationIsRefused(String patch, String pointer) {
    String path = store("refused");

    Answer answer = patch(path, patch);

    requireProblem(answer, 422, "invalid-member", path);
    assertEquals(List.of(pointer), pointers(answer.json()));
  }

  @Test
  void thereMustBeSuchAResult() {
    String path = "/raw_input/none";

    requireProblem(patch(path, "{\"note\":\"x\"}"), 404, "result-not-found", path);
    assertEquals(404, service.client().get(path + "/annotations").status());
  }
}
