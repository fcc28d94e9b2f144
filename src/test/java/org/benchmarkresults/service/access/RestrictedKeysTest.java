package org.benchmarkresults.service.access;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.benchmarkresults.service.access.RequestsForResults.HIDDEN;
import static org.benchmarkresults.service.access.RequestsForResults.OWN;
import static org.benchmarkresults.service.access.RequestsForResults.STAGES;
import static org.benchmarkresults.service.access.RequestsForResults.body;
import static org.benchmarkresults.service.access.RequestsForResults.delete;
import static org.benchmarkresults.service.access.RequestsForResults.get;
import static org.benchmarkresults.service.access.RequestsForResults.label;
import static org.benchmarkresults.service.access.RequestsForResults.name;
import static org.benchmarkresults.service.access.RequestsForResults.restore;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.service.Links;
import org.benchmarkresults.service.access.RequestsForResults.Request;
import org.benchmarkresults.service.events.Listener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A key that is restricted to some benchmarks gets the same answers whether results of other
 * benchmarks are stored or not: status, headers, cursors and body.
 */
@OnMongod
class RestrictedKeysTest {

  private static final Set<String> CHANGING = Set.of("x-request-id", "date", "ratelimit");
  private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\":\"[^\"]*\"");
  private static final Pattern CURSOR = Pattern.compile("cursor=([A-Za-z0-9_-]+)");

  private final Backend backend;
  private Vertx vertx;
  private Database database;
  private Server server;
  private Client client;
  private String all;
  private String restricted;

  RestrictedKeysTest(Backend backend) {
    this.backend = backend;
  }

  @BeforeEach
  void start() {
    database = backend.freshDatabase();
    Config config = database.config(Map.of("SECURITY_KEYS", "true"));
    try (ApiKeys keys = new ApiKeys(config, Clock.systemUTC())) {
      all = keys.create("read,write,delete,admin");
      restricted = keys.create("read,write,delete", "--benchmark-prefix", "Eval");
    }
    vertx = Vertx.vertx();
    server = Server.start(config, Clock.systemUTC()).await();
    client = new Client(vertx, server.port());
  }

  @AfterEach
  void stop() {
    server.close().await();
    vertx.close().await();
    database.close();
  }

  private Answer send(Request request, String key) {
    List<String> headers = new ArrayList<>(request.headers());
    headers.addAll(List.of("Authorization", "Bearer " + key));
    if (!request.body().isEmpty() && !headers.contains("Content-Type")) {
      headers.addAll(List.of("Content-Type", "application/json"));
    }
    return client
        .send(
            request.method(),
            request.path(),
            Buffer.buffer(request.body()),
            headers.toArray(String[]::new))
        .await();
  }

  private void store(String stage, String body) {
    Answer answer = send(new Request(HttpMethod.POST, stage, body, List.of()), all);
    assertEquals(200, answer.status(), answer::toString);
  }

  private void attach(String path) {
    Request put = new Request(HttpMethod.PUT, path + "/attachments/a", "secret-model", List.of());
    Answer answer = send(put, all);
    assertTrue(answer.status() < 300, answer::toString);
  }

  private void storeOwn() {
    for (String stage : STAGES) {
      for (String benchmark : OWN) {
        store(stage, body("t", benchmark, "shared", "own-model"));
      }
      assertEquals(200, send(label(stage, OWN.get(0), "shared", "shared"), all).status());
      store(stage, body("t", "Eval-gone", "gone", "own-model"));
      assertEquals(200, send(delete(stage, "Eval-gone", "gone"), all).status());
    }
  }

  private void storeHidden() {
    for (String stage : STAGES) {
      for (String benchmark : HIDDEN) {
        store(stage, body("t", benchmark, "shared", "secret-model"));
        store(stage, body("t", benchmark, "shared", "secret-model-2"));
        store(stage, body("t", benchmark, "hidden-run", "secret-model"));
        attach(stage + "/" + name(benchmark, "shared"));
        store(stage, body("t", benchmark, "gone", "secret-model"));
        for (String kind : List.of("secret", "shared")) {
          assertEquals(200, send(label(stage, benchmark, "shared", kind), all).status());
        }
        assertEquals(200, send(label(stage, benchmark, "hidden-run", "secret"), all).status());
        assertEquals(200, send(delete(stage, benchmark, "gone"), all).status());
      }
    }
  }

  /** Pages are followed to their end, so that every cursor is looked at. */
  private Map<String, String> answers() {
    Map<String, String> answers = new LinkedHashMap<>();
    for (Request request : RequestsForResults.all()) {
      Request asked = request;
      for (int page = 1; asked != null; page++) {
        Answer answer = send(asked, restricted);
        answers.put(request + " page " + page, told(answer));
        String next = Links.next(answer);
        asked = next == null ? null : new Request(asked.method(), next, "", asked.headers());
      }
    }
    return answers;
  }

  private static String told(Answer answer) {
    Map<String, String> headers = new TreeMap<>();
    answer
        .headers()
        .forEach(
            (name, value) -> {
              if (!CHANGING.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                headers.put(name, value);
              }
            });
    return answer.status() + " " + headers + " " + REQUEST_ID.matcher(answer.text()).replaceAll("");
  }

  private static String decoded(String told) {
    return CURSOR
        .matcher(told)
        .results()
        .map(
            found ->
                new String(Base64.getUrlDecoder().decode(found.group(1)), StandardCharsets.UTF_8))
        .reduce(told, (one, other) -> one + other);
  }

  @Test
  void answersAreTheSameWhetherThereAreResultsOfOtherBenchmarksOrNot() {
    storeOwn();
    Map<String, String> without = answers();

    storeHidden();
    Map<String, String> with = answers();

    without.forEach((request, told) -> assertEquals(told, with.get(request), request));
    assertEquals(without.keySet(), with.keySet());
    with.forEach(
        (request, told) -> assertFalse(decoded(told).contains("secret-model"), request + told));
    assertTrue(
        with.entrySet().stream()
            .anyMatch(
                page -> page.getKey().startsWith("GET /runs") && page.getKey().endsWith("page 3")),
        "runs were read in pages");
    for (String stage : STAGES) {
      for (String benchmark : HIDDEN) {
        assertEquals(200, send(get(stage + "/" + name(benchmark, "shared")), all).status());
        assertEquals(404, send(get(stage + "/" + name(benchmark, "gone")), all).status());
        assertEquals(
            200, send(restore(stage + "/" + name(benchmark, "gone")), all).status(), benchmark);
      }
    }
  }

  /**
   * Neither by the id of a key that exists, nor by its own. A key with the scope is never
   * restricted.
   */
  @Test
  void theAuditTrailIsNotForRestrictedKeys() {
    storeHidden();
    List<String> ids =
        Stream.of(all, restricted, "br_" + "0".repeat(16))
            .map(key -> key.substring(3, 19))
            .toList();
    for (String id : ids) {
      for (String query : List.of("", "&limit=1", "&format=csv", "&format=ndjson")) {
        Answer answer = send(get("/audit?key_id=" + id + query), restricted);
        requireProblem(answer, 403, "scope-missing", "/audit");
        assertNull(Links.next(answer));
        assertFalse(answer.text().contains(id), answer::toString);
      }
    }
    assertEquals(1, new JsonArray(send(get("/audit?key_id=" + ids.get(0)), all).body()).size());
  }

  @Test
  void aListenerIsToldOfItsOwnBenchmarksAlone() {
    storeHidden();
    storeOwn();
    String[] headers = {"Authorization", "Bearer " + restricted};

    Listener back = Listener.to(client, "/events?last_event_id=0", headers);
    Listener asking =
        Listener.to(
            client,
            "/events?last_event_id=0&benchmark_name=zz-secret&benchmark_name=Eval-z",
            headers);
    store("/raw_input", body("t", "Evam-late-secret", "late", "secret-model"));
    store("/raw_input", body("t", "Eval-z", "late", "own-model"));

    for (Listener listener : List.of(back, asking)) {
      listener.await(heard -> heard.stored().contains("raw_input t-Eval-z-late 1"));
      String told = listener.events().toString();
      assertFalse(told.contains("secret"), told);
      listener.leave();
    }
  }

  /**
   * Two keys that read the same when joined: the deleted result of the other benchmark is newer.
   */
  @Test
  void aKeyRestoresItsOwnDeletedResultAndNotANewerOneOfAnotherBenchmark() {
    String path = "/raw_input/" + name("Eval-x", "r");
    String own = body("t", "Eval-x", "r", "own-model");
    String foreign = body("t-Eval", "x", "r", "secret-model");
    for (String body : List.of(own, foreign)) {
      store("/raw_input", body);
      assertEquals(200, send(new Request(HttpMethod.DELETE, path, "", List.of()), all).status());
    }

    Answer restored = send(restore(path), restricted);

    assertEquals(200, restored.status(), restored::toString);
    assertEquals("Eval-x", restored.json().getString("benchmark_name"));
    assertEquals("Eval-x", send(get(path), all).json().getString("benchmark_name"));
    Answer deleted = send(get("/raw_input?deleted=true"), all);
    assertEquals("x", new JsonArray(deleted.body()).getJsonObject(0).getString("benchmark_name"));
  }

  @Test
  void aDeletedResultOfAnotherBenchmarkUnderTheSameNameIsNotRestored() {
    String path = "/raw_input/" + name("Eval-x", "r");
    store("/raw_input", body("t-Eval", "x", "r", "secret-model"));
    assertEquals(200, send(new Request(HttpMethod.DELETE, path, "", List.of()), all).status());

    Answer answer = send(restore(path), restricted);

    requireProblem(answer, 404, "nothing-deleted", path + "/restore");
    assertEquals(404, send(get(path), all).status());
  }

  @Test
  void aResultOfAnotherBenchmarkUnderTheSameNameIsNeitherDeletedNorTold() {
    String path = "/raw_input/" + name("Eval-x", "r");
    store("/raw_input", body("t", "Eval-x", "r", "own-model"));
    assertEquals(200, send(new Request(HttpMethod.DELETE, path, "", List.of()), all).status());
    store("/raw_input", body("t-Eval", "x", "r", "secret-model"));
    store("/raw_input", body("t-Eval", "x", "r", "secret-model-2"));

    Answer inUse = send(restore(path), restricted);
    List<Answer> refused =
        Stream.of(
                new Request(HttpMethod.DELETE, path, "", List.of()),
                new Request(HttpMethod.DELETE, path, "", List.of("If-Match", "\"7\"")),
                get(path),
                get(path + "/versions"))
            .map(request -> send(request, restricted))
            .toList();
    Answer post =
        send(
            new Request(
                HttpMethod.POST,
                "/raw_input",
                body("t", "Eval-x", "r", "m"),
                List.of("If-None-Match", "*")),
            restricted);

    requireProblem(inUse, 409, "name-in-use", path + "/restore");
    assertFalse(inUse.text().contains("version"), inUse::toString);
    refused.forEach(answer -> assertEquals(404, answer.status(), answer::toString));
    requireProblem(post, 403, "beyond-reach", "/raw_input");
    assertNull(post.header("ETag"));
    assertEquals(2, send(get(path), all).json().getInteger("version"));
  }
}
