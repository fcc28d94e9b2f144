package org.benchmarkresults.service.observed;

import static org.benchmarkresults.service.Problems.pointers;
import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names that are found by a part of them. */
@OnDatabases
class SuggestTest {
  @RegisterExtension final RunningService service;

  SuggestTest(Backend backend) {
    service = RunningService.on(backend);
  }

  @BeforeEach
  void store() {
    if (service.client().get("/models").array().isEmpty()) {
      post("1", "Qwen/Qwen3-8B", "suggested");
      post("2", "Qwen/Qwen3-8B", "suggested");
      post("3", "org/x8bit", "suggested");
      post("4", "org/x8bit", "suggested");
      post("5", "org/x8bit", "suggested");
    }
  }

  private JsonObject post(String run, String model, String benchmark) {
    return post(run, model, benchmark, 1);
  }

  private JsonObject post(String run, String model, String benchmark, Object data) {
    JsonObject body =
        new JsonObject()
            .put("timestamp", Bodies.TIMESTAMP)
            .put("benchmark_name", benchmark)
            .put("run_id", run)
            .put("model_id", model)
            .put("source", "suggesting")
            .put("data", data);
    Answer answer = service.client().post("/raw_input", body.encode());
    assertEquals(200, answer.status(), answer::toString);
    return answer.json();
  }

  private List<JsonObject> found(String query) {
    Answer answer = service.client().get("/suggest?" + query);
    assertEquals(200, answer.status(), answer::toString);
    return answer.array().stream().map(JsonObject.class::cast).toList();
  }

  private List<String> values(String query) {
    return found(query).stream().map(row -> row.getString("value")).toList();
  }

  @Test
  void wordsThatBeginSoStandFirstInAnyCase() {
    assertEquals(List.of("Qwen/Qwen3-8B", "org/x8bit"), values("q=8b"));
    assertEquals(List.of("Qwen/Qwen3-8B", "org/x8bit"), values("q=8B&kinds=model_id,task"));
    assertEquals(List.of("Qwen/Qwen3-8B"), values("q=QWEN"));
    assertEquals(List.of(), values("q=8b&kinds=task"));
    assertEquals(List.of("suggested", "suggesting"), values("q=SUGGEST&limit=2"));
  }

  @Test
  void rowsTellFieldCountAndWhenItWasLastSeen() {
    JsonObject row = found("q=x8bit").getFirst();

    assertEquals("model_id", row.getString("field"));
    assertEquals(3, row.getInteger("results"));
    assertEquals(
        service
            .client()
            .get("/models?prefix=org/x")
            .array()
            .getJsonObject(0)
            .getString("last_seen"),
        row.getString("last_seen"));
  }

  @Test
  void whatIsStoredLaterIsFoundAtOnce() {
    assertEquals(List.of(), values("q=brand-new"));

    post("later", "brand-new/model", "suggested");

    assertEquals(List.of("brand-new/model"), values("q=brand-new"));
  }

  @Test
  void aRestoredResultIsCountedOnce() {
    JsonObject data =
        new JsonObject("{\"results\":{\"suggested_task\":{\"acc,none\":0.5,\"acc_norm,none\":1}}}");
    String path = "/raw_input/" + post("observed", "m", "suggested", data).getString("saved_as");
    Await.until(() -> values("q=suggested_task").size() == 1, () -> "the task is not there");

    for (int i = 0; i < 3; i++) {
      service.client().send(HttpMethod.DELETE, path, Buffer.buffer()).await();
      service.client().post(path + "/restore", "");
      Await.until(
          () ->
              service
                  .client()
                  .get(path + "/observations")
                  .json()
                  .getString("state")
                  .equals("derived"),
          () -> "it is not derived again");
    }

    List<JsonObject> found = found("q=suggested_task");
    assertEquals(1, found.getFirst().getInteger("results"), found::toString);
  }

  @Test
  void unknownKindsAreRefused() {
    Answer answer = service.client().get("/suggest?q=a&kinds=models");

    assertEquals(
        List.of("kinds"), pointers(requireProblem(answer, 400, "invalid-parameter", "/suggest")));
    assertEquals(400, service.client().get("/suggest?limit=101").status());
  }
}
