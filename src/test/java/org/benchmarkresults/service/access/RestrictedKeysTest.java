package org.benchmarkresults.service.access;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Links;
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
  private static final List<String> STAGES = List.of("/raw_input", "/standardized_output");
  private static final List<String> OWN = List.of("Eval-a", "Eval-b", "Eval-c");

  /** Before, between and behind those of the key. */
  private static final List<String> HIDDEN =
      List.of("AAsecret", "Eva-secret", "EvaK-secret", "Evam-secret", "eval-secret", "zz-secret");

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

  private record Request(HttpMethod method, String path, String body, List<String> headers) {
    @Override
    public String toString() {
      return method + " " + path + " " + headers + " " + body;
    }
  }

  private static Request get(String path) {
    return new Request(HttpMethod.GET, path, "", List.of());
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

  private static String body(String timestamp, String benchmark, String run, String model) {
    return new JsonObject()
        .put("timestamp", timestamp)
        .put("benchmark_name", benchmark)
        .put("run_id", run)
        .put("model_id", model)
        .put("data", 1)
        .encode();
  }

  private static String name(String benchmark, String run) {
    return Bodies.encoded("t-" + benchmark + "-" + run);
  }

  private void storeOwn() {
    for (String stage : STAGES) {
      for (String benchmark : OWN) {
        store(stage, body("t", benchmark, "shared", "own-model"));
      }
      store(stage, body("t", "Eval-gone", "gone", "own-model"));
      assertEquals(200, send(delete(stage, "Eval-gone", "gone"), all).status());
    }
  }

  private static Request delete(String stage, String benchmark, String run) {
    return new Request(HttpMethod.DELETE, stage + "/" + name(benchmark, run), "", List.of());
  }

  private static Request restore(String path) {
    return new Request(HttpMethod.POST, path + "/restore", "", List.of());
  }

  private void storeHidden() {
    for (String stage : STAGES) {
      for (String benchmark : HIDDEN) {
        store(stage, body("t", benchmark, "shared", "secret-model"));
        store(stage, body("t", benchmark, "shared", "secret-model-2"));
        store(stage, body("t", benchmark, "hidden-run", "secret-model"));
        store(stage, body("t", benchmark, "gone", "secret-model"));
        assertEquals(200, send(delete(stage, benchmark, "gone"), all).status());
      }
    }
  }

  /** Every operation that is about results, with all that could tell of one. */
  private static List<Request> requests() {
    List<Request> requests = new ArrayList<>();
    for (String stage : STAGES) {
      for (String query :
          List.of(
              "",
              "?limit=1",
              "?limit=2&count=true",
              "?count=true",
              "?deleted=true&count=true",
              "?deleted=true&limit=1",
              "?run_id=shared&limit=2",
              "?run_id=hidden-run&count=true",
              "?model_id=secret-model&count=true&limit=1",
              "?sort=benchmark_name&limit=1",
              "?name_prefix=t-&limit=1&count=true",
              "?benchmark_name=zz-secret",
              "?filter=benchmark_name!=x,benchmark_name==zz-secret&limit=3",
              "?fields=pk,data&limit=2",
              "?versions=all&count=true",
              "?versions=all&limit=1",
              "?versions=all&sort=benchmark_name&limit=2",
              "?versions=all&model_id=secret-model&count=true&limit=1")) {
        requests.add(get(stage + query));
        requests.add(
            new Request(
                HttpMethod.GET, stage + query, "", List.of("Accept", "application/x-ndjson")));
        requests.add(new Request(HttpMethod.GET, stage + query, "", List.of("Accept", "text/csv")));
      }
      for (String benchmark : HIDDEN) {
        ofOne(stage + "/" + name(benchmark, "shared"), requests);
        ofOne(stage + "/" + name(benchmark, "gone"), requests);
        for (List<String> headers : List.of(List.<String>of(), List.of("If-None-Match", "*"))) {
          requests.add(
              new Request(
                  HttpMethod.POST, stage, body("t", benchmark, "shared", "other"), headers));
        }
        requests.add(
            new Request(
                HttpMethod.POST,
                stage,
                body("t", benchmark, "shared", "secret-model")
                    + "\n"
                    + body("t", "Eval-a", "shared", "own-model")
                    + "\n",
                List.of("Content-Type", "application/x-ndjson")));
      }
      requests.add(
          new Request(
              HttpMethod.POST, stage, body("t", "Eval-a", "shared", "own-model"), List.of()));
    }
    for (String query :
        List.of("", "?limit=1", "?limit=2", "?limit=3", "?fields=pk,data&limit=1")) {
      requests.add(get("/runs/shared" + query));
      requests.add(get("/runs/hidden-run" + query));
    }
    for (String query :
        List.of(
            "",
            "?limit=1",
            "?limit=2",
            "?prefix=E&limit=1",
            "?prefix=Eval&limit=1",
            "?prefix=A&limit=1",
            "?prefix=z&limit=1",
            "?prefix=eval-s&limit=1",
            "?prefix=Evam&limit=1")) {
      requests.add(get("/benchmarks" + query));
      requests.add(get("/models" + query));
      requests.add(get("/sources" + query));
    }
    requests.add(get("/audit"));
    requests.add(get("/audit?key_id=00a1b2c3d4e5f607"));
    requests.add(get("/audit?result_name=" + name("zz-secret", "shared")));
    requests.add(get("/retention/preview"));
    return requests;
  }

  private static void ofOne(String path, List<Request> requests) {
    for (String part :
        List.of("", "/data", "/versions", "?version=1", "?version=9", "/data?version=2")) {
      requests.add(get(path + part));
      requests.add(new Request(HttpMethod.HEAD, path + part, "", List.of()));
    }
    requests.add(new Request(HttpMethod.GET, path, "", List.of("If-None-Match", "*")));
    requests.add(new Request(HttpMethod.DELETE, path, "", List.of()));
    requests.add(new Request(HttpMethod.DELETE, path, "", List.of("If-Match", "*")));
    requests.add(
        new Request(
            HttpMethod.DELETE,
            path,
            "",
            List.of("If-Match", "\"1-" + "0".repeat(32) + "-00000000\"")));
    requests.add(restore(path));
    for (List<String> headers :
        List.of(List.<String>of(), List.of("If-Match", "\"1-" + "0".repeat(32) + "-00000000\""))) {
      requests.add(new Request(HttpMethod.POST, path + "/restore?version=1", "", headers));
    }
  }

  /** Pages are followed to their end, so that every cursor is looked at. */
  private Map<String, String> answers() {
    Map<String, String> answers = new LinkedHashMap<>();
    for (Request request : requests()) {
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
