package org.benchmarkresults.service.alias;

import static org.benchmarkresults.service.Problems.pointers;
import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Links;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Setting, reading and removing the aliases of models. */
@OnDatabases
class AliasesTest {
  @RegisterExtension final RunningService service;

  AliasesTest(Backend backend) {
    service = RunningService.on(backend);
  }

  @AfterEach
  void removeAll() {
    for (Object row : service.client().get("/aliases?limit=1000").array()) {
      assertEquals(200, remove(((JsonObject) row).getString("model_id"), "*").status());
    }
  }

  private static String path(String model) {
    return "/aliases/" + Bodies.encoded(model);
  }

  private Answer put(String model, List<String> aliases, String... headers) {
    return put(model, new JsonObject().put("aliases", new JsonArray(aliases)).encode(), headers);
  }

  private Answer put(String model, String body, String... headers) {
    return send(model, body, headers).await();
  }

  private Future<Answer> send(String model, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
    all.addAll(List.of(headers));
    return service
        .client()
        .send(HttpMethod.PUT, path(model), Buffer.buffer(body), all.toArray(String[]::new));
  }

  private Answer remove(String model, String tag) {
    return service
        .client()
        .send(HttpMethod.DELETE, path(model), Buffer.buffer(), "If-Match", tag)
        .await();
  }

  private String set(String model, String... aliases) {
    Answer answer = put(model, List.of(aliases));
    assertEquals(200, answer.status(), answer::toString);
    return answer.header("ETag");
  }

  private List<Object> aliases(String model) {
    Answer answer = service.client().get(path(model));
    assertEquals(200, answer.status(), answer::toString);
    return answer.json().getJsonArray("aliases").getList();
  }

  private List<String> models(String path) {
    Answer answer = service.client().get(path);
    assertEquals(200, answer.status(), answer::toString);
    return answer.array().stream().map(row -> ((JsonObject) row).getString("model_id")).toList();
  }

  @Test
  void aListIsKeptWithWhoSetItAndWhen() {
    Instant before = Instant.now().minusSeconds(2);

    Answer put = put("Qwen/Qwen3-8B", List.of("qwen3-8b", "/models/Qwen 3 8B", "Q\"é😀"));

    assertEquals(200, put.status(), put::toString);
    Answer read = service.client().get(path("Qwen/Qwen3-8B"));
    assertEquals(put.json(), read.json());
    assertEquals(put.header("ETag"), read.header("ETag"));
    assertEquals("\"" + read.json().getLong("revision") + "\"", read.header("ETag"));
    assertEquals("Qwen/Qwen3-8B", read.json().getString("model_id"));
    assertEquals(
        new JsonArray(List.of("qwen3-8b", "/models/Qwen 3 8B", "Q\"é😀")),
        read.json().getJsonArray("aliases"));
    assertEquals("anybody", read.json().getString("changed_by"));
    Instant at = Instant.parse(read.json().getString("changed_at"));
    assertEquals(
        List.of(true, true), List.of(at.isAfter(before), at.isBefore(before.plusSeconds(60))));
  }

  @Test
  void aModelIsFoundByAnyOfItsSpellings() {
    set("Qwen/Qwen3-8B", "qwen3-8b", "/models/qwen");

    assertEquals(
        List.of("Qwen/Qwen3-8B", "Qwen/Qwen3-8B", "Qwen/Qwen3-8B"),
        List.of("qwen3-8b", "/models/qwen", "Qwen/Qwen3-8B").stream()
            .map(name -> service.client().get(path(name)).json().getString("model_id"))
            .toList());
    assertEquals(
        "Qwen/Qwen3-8B",
        service.client().get("/aliases/Qwen/Qwen3-8B").json().getString("model_id"));
    requireProblem(
        service.client().get("/aliases/QWEN3-8B"), 404, "aliases-not-found", "/aliases/QWEN3-8B");
  }

  @Test
  void replacingNeedsTheTagOfTheListThatIsThere() {
    String first = set("m", "a");

    Answer without = put("m", List.of("b"));
    Answer replaced = put("m", List.of("b"), "If-Match", first);
    Answer stale = put("m", List.of("c"), "If-Match", first);

    requireProblem(without, 428, "revision-needed", "/aliases/m");
    assertEquals(200, replaced.status(), replaced::toString);
    assertNotEquals(first, replaced.header("ETag"));
    requireProblem(stale, 412, "other-revision", "/aliases/m");
    assertEquals(List.of("b"), aliases("m"));
    assertEquals(200, put("m", List.of("c"), "If-Match", "W/" + replaced.header("ETag")).status());
    assertEquals(200, put("m", List.of("d"), "If-Match", "*").status());
    assertEquals(412, put("m", List.of("e"), "If-None-Match", "*").status());
    assertEquals(412, put("other", List.of("e"), "If-Match", "*").status());
    assertEquals(412, put("m", List.of("e"), "If-Match", "\"nonsense\"").status());
    assertEquals(List.of("d"), aliases("m"));
  }

  @Test
  void aRepeatedRequestChangesNothing() {
    Answer first = put("m", List.of("a", "b"));

    Answer again = put("m", List.of("a", "b"));
    Answer withOldTag = put("m", List.of("a", "b"), "If-Match", "\"1234567\"");

    assertEquals(first.json(), again.json());
    assertEquals(first.json(), withOldTag.json());
  }

  @Test
  void aTagIsNeverUsedAgain() {
    String first = set("m", "a");
    assertEquals(200, remove("m", first).status());
    set("m", "b");

    assertEquals(412, put("m", List.of("c"), "If-Match", first).status());
    assertEquals(412, remove("m", first).status());
  }

  @Test
  void ofTwoThatReplaceAListAtOnceOneIsRefused() {
    String tag = set("m", "a");

    List<Future<Answer>> both =
        IntStream.range(0, 8)
            .mapToObj(i -> send("m", "{\"aliases\":[\"b" + i + "\"]}", "If-Match", tag))
            .toList();
    List<Integer> statuses = both.stream().map(answer -> answer.await().status()).sorted().toList();

    assertEquals(List.of(200, 412, 412, 412, 412, 412, 412, 412), statuses);
  }

  @Test
  void ofTwoThatClaimASpellingAtOnceOneIsRefused() {
    List<Future<Answer>> claims =
        IntStream.range(0, 8)
            .mapToObj(i -> send("model " + i, "{\"aliases\":[\"shared\",\"own " + i + "\"]}"))
            .toList();
    List<Integer> statuses =
        claims.stream().map(answer -> answer.await().status()).sorted().toList();

    assertEquals(List.of(200, 409, 409, 409, 409, 409, 409, 409), statuses);
    assertEquals(1, models("/aliases").size());
  }

  @Test
  void modelsThatAreChangedAtOnceAreAllChanged() {
    List<Future<Answer>> changes =
        IntStream.range(0, 12)
            .mapToObj(i -> send("model " + i, "{\"aliases\":[\"alias " + i + "\"]}"))
            .toList();

    changes.forEach(change -> assertEquals(200, change.await().status()));
    assertEquals(12, models("/aliases").size());
  }

  @Test
  void aSpellingBelongsToOneModel() {
    set("m", "a", "b");
    set("other", "c");

    Answer taken = put("third", List.of("free", "b", "other", "m"));
    Answer ofAlias = put("a", List.of("x"));

    JsonObject problem = requireProblem(taken, 409, "alias-taken", "/aliases/third");
    assertEquals(List.of("/aliases/1", "/aliases/2", "/aliases/3"), pointers(problem));
    assertEquals(
        List.of(
            "\"b\" is an alias of \"m\"",
            "\"other\" has aliases of its own",
            "\"m\" has aliases of its own"),
        problem.getJsonArray("errors").stream()
            .map(error -> ((JsonObject) error).getString("detail"))
            .toList());
    requireProblem(ofAlias, 409, "alias-taken", "/aliases/a");
    assertEquals(404, service.client().get(path("third")).status());
    assertEquals(404, service.client().get(path("free")).status());
  }

  @Test
  void aSpellingThatIsGivenUpIsFree() {
    String tag = set("m", "a", "b");
    assertEquals(200, put("m", List.of("b"), "If-Match", tag).status());
    set("other", "a");
    assertEquals(200, remove("other", "*").status());
    set("a", "other");
  }

  @Test
  void removingNeedsTheTagAndTheModelItself() {
    String tag = set("m", "a");

    Answer without = service.client().send(HttpMethod.DELETE, path("m"), Buffer.buffer()).await();
    requireProblem(without, 428, "revision-needed", "/aliases/m");
    assertEquals(412, remove("m", "\"0\"").status());
    assertEquals(404, remove("a", tag).status());
    Answer removed = remove("m", tag);
    assertEquals(List.of("a"), removed.json().getJsonArray("aliases").getList());
    assertNull(removed.header("ETag"));
    assertEquals(404, remove("m", tag).status());
    assertEquals(List.of(), models("/aliases"));
  }

  @Test
  void pagesAreInTheOrderOfCodePoints() {
    List<String> names = List.of("A", "a", "a/b", "é", "\uffee", "😀", "😁");
    for (int i = names.size() - 1; i >= 0; i--) {
      set(names.get(i), "alias " + i);
    }

    List<String> found = new ArrayList<>();
    String path = "/aliases?limit=2";
    while (path != null) {
      Answer page = service.client().get(path);
      page.array().forEach(row -> found.add(((JsonObject) row).getString("model_id")));
      path = Links.next(page);
    }

    assertEquals(names, found);
    assertEquals(List.of("a", "a/b"), models("/aliases?prefix=a"));
    String next = Links.next(service.client().get("/aliases?prefix=a&limit=1"));
    assertEquals(List.of("a/b"), models(next));
    assertEquals(422, service.client().get(next.replace("prefix=a", "prefix=A")).status());
    assertEquals(422, service.client().get("/models?" + next.replaceFirst(".*\\?", "")).status());
    assertEquals(
        "model_id,aliases,changed_by,changed_at,revision\r\nA,\"[\"\"alias 0\"\"]\",anybody,",
        service
            .client()
            .get("/aliases?format=csv&prefix=A")
            .text()
            .replaceFirst("anybody,(?s).*", "anybody,"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|/aliases",
        "{\"aliases\":[]}|/aliases",
        "{\"aliases\":null}|/aliases",
        "{\"aliases\":\"a\"}|/aliases",
        "{\"aliases\":[NaN]}|/aliases",
        "{\"aliases\":[1]}|/aliases/0",
        "{\"aliases\":[\"a\",null]}|/aliases/1",
        "{\"aliases\":[\"a\",\"\"]}|/aliases/1",
        "{\"aliases\":[\"a\",\" \"]}|/aliases/1",
        "{\"aliases\":[\"a\",\"a\"]}|/aliases/1",
        "{\"aliases\":[\"m\"]}|/aliases/0",
        "{\"aliases\":[\"a\\u0000b\"]}|/aliases/0",
        "{\"aliases\":[\"\\ud800\"]}|/aliases/0",
        "{\"aliases\":[\"a\"],\"more\":1}|/more",
        "{\"aliases\":[\"a\"],\"data\":1}|/data",
        "{\"aliases\":[\"a\"],\"aliases\":[\"b\"]}|/aliases",
        "[\"a\"]|``",
      })
  void whatIsNoListOfAliasesIsRefused(String body, String pointer) {
    Answer answer = put("m", body);

    assertEquals(
        List.of(pointer), pointers(requireProblem(answer, 422, "invalid-member", "/aliases/m")));
    assertEquals(List.of(), models("/aliases"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"aliases\":[\"a\"]", "{\"aliases\":[\"a\"]} x", "\u0000"})
  void brokenJsonIsRefused(String body) {
    requireProblem(put("m", body), 400, "broken-json", "/aliases/m");
  }

  @Test
  void sizesAndNumbersAreBounded() {
    List<String> most = IntStream.range(0, 49).mapToObj(i -> "alias " + i).toList();
    List<String> tooMany = IntStream.range(0, 50).mapToObj(i -> "alias " + i).toList();

    assertEquals(422, put("m", tooMany).status());
    assertEquals(422, put("m", List.of("x".repeat(1025))).status());
    assertEquals(200, put("m", most).status());
    assertEquals(200, put("😀".repeat(1024), List.of("😀".repeat(1023))).status());
    assertEquals(422, put("x".repeat(1025), List.of("free")).status());
    assertEquals(422, put(" ", List.of("free")).status());
  }
}
