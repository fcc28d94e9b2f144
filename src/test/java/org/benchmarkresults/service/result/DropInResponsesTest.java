package org.benchmarkresults.service.result;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers that programs written for the service's predecessor rely on, and what is beside. */
@OnMongod
class DropInResponsesTest {
  private static final String DATA = "{\"results\": {\"aime24\": {\"exact_match,none\": 0.4333}}}";
  private static final String ENVELOPE =
      """
      {"run_id":"%s","benchmark_name":"Evalchemy","timestamp":"2026-04-21T12:45:25.391040Z",\
      "model_id":"Qwen/Qwen3-8B","tokenizer_id":"Qwen/Qwen3-8B","source":"openai-completions",\
      "tasks":"aime24","data":%s}""";

  @RegisterExtension final RunningService service;

  DropInResponsesTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private static String nameOf(String runId) {
    return "2026-04-21T12:45:25.391040Z-Evalchemy-" + runId;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw_input", "/standardized_output"})
  void savingTellsUnderWhichName(String path) {
    Answer answer = service.client().post(path, ENVELOPE.formatted("saving", DATA));

    assertEquals(200, answer.status(), answer::toString);
    assertEquals("application/json", answer.header("Content-Type"));
    assertEquals(
        new JsonObject()
            .put("status", "success")
            .put("run_id", "saving")
            .put("saved_as", nameOf("saving"))
            .put("outcome", "stored")
            .put("version", 1)
            .put("current_version", 1)
            .put("digest", Sha256.of(Buffer.buffer(DATA)))
            .put("instant", answer.json().getString("instant")),
        answer.json());
    assertEquals(200, service.client().get(answer.header("Location")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw_input", "/standardized_output"})
  void theListIsABareArrayOfSummaries(String path) {
    service.client().post(path, ENVELOPE.formatted("list", DATA));

    Answer answer = service.client().get(path);

    assertEquals(200, answer.status(), answer::toString);
    assertEquals("application/json", answer.header("Content-Type"));
    JsonObject row = row(answer.array(), nameOf("list"));
    assertEquals("Evalchemy", row.getString("benchmark_name"));
    assertEquals("Qwen/Qwen3-8B", row.getString("model_id"));
    assertEquals("Qwen/Qwen3-8B", row.getString("tokenizer_id"));
    assertEquals("openai-completions", row.getString("source"));
    assertEquals("2026-04-21T12:45:25.391040Z", row.getString("timestamp"));
    assertEquals("list", row.getString("run_id"));
    assertEquals("aime24", row.getString("tasks"));
    assertEquals(1, row.getInteger("version"));
    assertEquals(DATA.length(), row.getInteger("size"));
    assertTrue(row.containsKey("received_at"), row::encode);
    assertTrue(!row.containsKey("data"), row::encode);
  }

  private static JsonObject row(JsonArray rows, String name) {
    return rows.stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("pk").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw_input", "/standardized_output"})
  void oneResultIsItsNameItsEnvelopeAndItsData(String path) {
    service.client().post(path, ENVELOPE.formatted("detail", DATA));

    Answer answer = service.client().get(path + "/" + Bodies.encoded(nameOf("detail")));

    assertEquals(200, answer.status(), answer::toString);
    JsonObject detail = answer.json();
    assertEquals(nameOf("detail"), detail.getString("result_name"));
    assertEquals(new JsonObject(DATA), detail.getJsonObject("data"));
    assertEquals("Evalchemy", detail.getString("benchmark_name"));
    assertEquals("aime24", detail.getString("tasks"));
    assertTrue(
        answer.text().startsWith("{\"result_name\":")
            && answer.text().endsWith(",\"data\":" + DATA + "}"),
        answer::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw_input", "/standardized_output"})
  void theDataAloneIsTheBytesThatWereReceived(String path) {
    service.client().post(path, ENVELOPE.formatted("alone", DATA));

    Answer answer = service.client().get(path + "/" + nameOf("alone") + "/data");

    assertEquals(200, answer.status(), answer::toString);
    assertEquals("application/json", answer.header("Content-Type"));
    assertEquals(DATA, answer.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw_input", "/standardized_output"})
  void theVersionsAreListedNewestFirst(String path) {
    service.client().post(path, ENVELOPE.formatted("versions", DATA));
    service.client().post(path, ENVELOPE.formatted("versions", "[]"));

    Answer answer = service.client().get(path + "/" + nameOf("versions") + "/versions");

    assertEquals(200, answer.status(), answer::toString);
    assertEquals(2, answer.array().size());
    JsonObject newest = answer.array().getJsonObject(0);
    assertEquals(2, newest.getInteger("version"));
    assertEquals(Sha256.of(Buffer.buffer("[]")), newest.getString("digest"));
    assertEquals(2, newest.getInteger("size"));
    assertEquals(Set.of("version", "digest", "size", "received_at"), newest.fieldNames());
    assertEquals(1, answer.array().getJsonObject(1).getInteger("version"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw_input", "/standardized_output"})
  void savingAgainSaysWhatBecameOfIt(String path) {
    service.client().post(path, ENVELOPE.formatted("again", "1.0"));

    JsonObject same = service.client().post(path, ENVELOPE.formatted("again", "1.0")).json();
    JsonObject other = service.client().post(path, ENVELOPE.formatted("again", "1.00")).json();

    assertEquals("already_stored", same.getString("outcome"));
    assertEquals(1, same.getInteger("version"));
    assertEquals("new_version", other.getString("outcome"));
    assertEquals(2, other.getInteger("version"));
    assertEquals("success", other.getString("status"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/data", "/versions"})
  void whatIsNotThereIsFileNotFound(String part) {
    String path = "/raw_input/nothing-here" + part;

    Answer answer = service.client().get(path);

    JsonObject problem = requireProblem(answer, 404, "result-not-found", path);
    assertEquals("File not found", problem.getString("detail"));
  }

  @Test
  void theStagesShareTheNameAndNothingElse() {
    service.client().post("/raw_input", ENVELOPE.formatted("both", "\"raw\""));
    JsonObject saved =
        service.client().post("/standardized_output", ENVELOPE.formatted("both", "{}")).json();

    Answer raw = service.client().get("/raw_input/" + saved.getString("saved_as") + "/data");

    assertEquals("\"raw\"", raw.text());
  }

  @Test
  void healthTellsThatTheDatabaseIsConnected() {
    JsonObject health = service.client().get("/health").json();

    assertEquals("ok", health.getString("status"));
    assertEquals("connected", health.getString("mongodb_status"));
  }

  @Test
  void anotherKeyWithTheSameNameIsAConflict() {
    String body = "{\"timestamp\":\"t\",\"benchmark_name\":\"%s\",\"run_id\":\"%s\",\"data\":1}";
    service.client().post("/raw_input", body.formatted("a-b", "c"));

    Answer answer = service.client().post("/raw_input", body.formatted("a", "b-c"));

    requireProblem(answer, 409, "name-taken", "/raw_input");
    assertEquals(
        "a-b", service.client().get("/raw_input/t-a-b-c").json().getString("benchmark_name"));
  }
}
