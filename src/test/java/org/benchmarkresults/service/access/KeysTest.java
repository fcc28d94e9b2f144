package org.benchmarkresults.service.access;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;

/** API keys: the access that they give and deny, and its audit entries. */
@OnMongod
class KeysTest extends ServiceWithKeys {
  KeysTest(Backend backend) {
    super(backend);
  }

  @Test
  void withoutATokenNothingIsDoneButProbesAndTheContract() {
    Answer answer = client.post("/raw_input", OWN);

    requireProblem(answer, 401, "token-missing", "/raw_input");
    assertEquals("Bearer realm=\"benchmark-results\"", answer.header("WWW-Authenticate"));
    assertEquals(401, client.get("/raw_input").status());
    assertEquals(401, client.get("/metrics").status());
    for (String open : List.of("/health", "/health/live", "/openapi.json", "/docs")) {
      assertEquals(200, client.get(open).status(), open);
    }
    assertEquals(List.of(), names(client.get("/raw_input", by(reader)), "pk"));
  }

  @Test
  void whatIsNoKeyOfTheServiceIsRefusedInOneWay() {
    String otherSecret = reader.substring(0, 20) + "A".repeat(43);
    String otherId = "br_0000000000000000_" + reader.substring(20);
    Set<String> details = new HashSet<>();

    for (String key : List.of(otherSecret, otherId, expired, "br_", reader + "x")) {
      Answer answer = client.get("/raw_input", by(key));
      JsonObject problem = requireProblem(answer, 401, "token-refused", "/raw_input");
      details.add(problem.getString("detail"));
      assertFalse(answer.text().contains(key), answer::toString);
      assertTrue(answer.header("WWW-Authenticate").endsWith("error=\"invalid_token\""));
    }
    assertEquals(1, details.size(), details::toString);
    assertEquals(401, client.get("/raw_input", "Authorization", "Basic YTpi").status());
    assertEquals(401, client.get("/raw_input", "Authorization", reader).status());
  }

  @Test
  void aKeyOpensWhatItsScopesSay() {
    assertEquals(200, client.post("/raw_input", OWN, by(writer)).status());
    String path = Bodies.path("Eval-a");

    requireProblem(client.post("/raw_input", OWN, by(reader)), 403, "scope-missing", "/raw_input");
    requireProblem(client.get("/raw_input", by(writer)), 403, "scope-missing", "/raw_input");
    assertEquals(403, delete(path, reader).status());
    assertEquals(403, delete(path, writer).status());
    assertEquals(403, client.get(path, by(admin)).status());
    assertEquals(403, client.get("/audit", by(all)).status());
    assertEquals(200, client.get(path, by(reader)).status());
    assertEquals(200, delete(path, all).status());
    assertEquals(403, restore(path, reader).status());
    assertEquals(200, restore(path, all).status());
  }

  @Test
  void aRestrictedKeySeesAndChangesItsBenchmarksAlone() {
    assertEquals(200, client.post("/raw_input", FOREIGN, by(all)).status());
    assertEquals(200, client.post("/raw_input", OWN, by(restricted)).status());
    String foreign = Bodies.path("mmlu");

    requireProblem(
        client.post("/raw_input", FOREIGN, by(restricted)), 403, "beyond-reach", "/raw_input");
    for (String part : List.of("", "/data", "/versions", "?version=1")) {
      assertEquals(404, client.get(foreign + part, by(restricted)).status(), part);
      assertEquals(200, client.get(foreign + part, by(all)).status(), part);
    }
    assertEquals(404, client.head(foreign, by(restricted)).status());
    assertEquals(404, delete(foreign, restricted).status());
    assertEquals(200, delete(foreign, all).status());
    assertEquals(404, restore(foreign, restricted).status());
    assertEquals(List.of(), names(client.get("/raw_input?deleted=true", by(restricted)), "pk"));
    assertEquals(200, restore(foreign, all).status());
    assertEquals(200, delete(Bodies.path("Eval-a"), restricted).status());
    assertEquals(200, restore(Bodies.path("Eval-a"), restricted).status());
  }

  @Test
  void listsOfARestrictedKeyHoldItsBenchmarksAlone() {
    assertEquals(200, client.post("/raw_input", FOREIGN, by(all)).status());
    assertEquals(200, client.post("/raw_input", OWN, by(all)).status());

    for (String query :
        List.of(
            "",
            "?limit=10",
            "?filter=benchmark_name!=x",
            "?benchmark_name=mmlu&benchmark_name=Eval-a")) {
      assertEquals(
          List.of("Eval-a"),
          names(client.get("/raw_input" + query, by(restricted)), "benchmark_name"),
          query);
    }
    assertEquals(
        "1", client.get("/raw_input?limit=1&count=true", by(restricted)).header("X-Total-Count"));
    assertEquals(
        List.of(), names(client.get("/raw_input?benchmark_name=mmlu", by(restricted)), "pk"));
    for (String query : List.of("", "?prefix=E", "?prefix=Eval-")) {
      assertEquals(
          List.of("Eval-a"),
          names(client.get("/benchmarks" + query, by(restricted)), "name"),
          query);
    }
    assertEquals(List.of(), names(client.get("/benchmarks?prefix=m", by(restricted)), "name"));
    assertEquals(List.of("Eval-a", "mmlu"), names(client.get("/benchmarks", by(reader)), "name"));
    JsonArray run = client.get("/runs/run", by(restricted)).json().getJsonArray("results");
    assertEquals(1, run.size(), run::toString);
    for (String path :
        List.of("/models", "/sources", "/tasks", "/metric_names", "/retention/preview")) {
      requireProblem(client.get(path, by(restricted)), 403, "beyond-reach", path);
    }
  }

  @Test
  void eachLineOfALoadIsJudgedByItself() {
    Buffer lines = Buffer.buffer(OWN + "\n" + FOREIGN + "\n");

    Answer answer =
        client
            .send(
                HttpMethod.POST,
                "/raw_input",
                lines,
                "Authorization",
                "Bearer " + restricted,
                "Content-Type",
                "application/x-ndjson")
            .await();

    List<Integer> statuses =
        answer
            .text()
            .lines()
            .map(JsonObject::new)
            .sorted(java.util.Comparator.comparing(line -> line.getInteger("line")))
            .map(line -> line.getInteger("status"))
            .toList();
    assertEquals(List.of(200, 403), statuses);
    assertEquals(List.of("Eval-a"), names(client.get("/raw_input", by(reader)), "benchmark_name"));
  }

  /** Two results whose joined names are equal: one is outside the prefix of the key. */
  @Test
  void aNameThatIsTakenTellsNothingOfBenchmarksBeyondReach() {
    String taken =
        "{\"timestamp\":\"t\",\"benchmark_name\":\"hidden-Eval\",\"run_id\":\"r\",\"data\":1}";
    String own =
        "{\"timestamp\":\"t-hidden\",\"benchmark_name\":\"Eval\",\"run_id\":\"r\",\"data\":1}";
    assertEquals(200, client.post("/raw_input", taken, by(all)).status());

    Answer answer = client.post("/raw_input", own, by(restricted));
    Answer line =
        client
            .send(
                HttpMethod.POST,
                "/raw_input",
                Buffer.buffer(own + "\n"),
                "Authorization",
                "Bearer " + restricted,
                "Content-Type",
                "application/x-ndjson")
            .await();

    requireProblem(answer, 403, "beyond-reach", "/raw_input");
    assertTrue(line.text().contains("beyond-reach"), line::toString);
    assertFalse((answer.text() + line.text()).contains("hidden-Eval"), answer::toString);
  }
}
