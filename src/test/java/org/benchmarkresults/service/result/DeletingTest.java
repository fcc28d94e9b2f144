package org.benchmarkresults.service.result;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting and restoring over HTTP. */
@OnMongod
class DeletingTest {
  private static final int CHUNKED = 700_000;

  @RegisterExtension final RunningService service;

  DeletingTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private Answer delete(String path, String... headers) {
    return service.client().send(HttpMethod.DELETE, path, Buffer.buffer(), headers).await();
  }

  private Answer restore(String path) {
    return service.client().send(HttpMethod.POST, path + "/restore", Buffer.buffer()).await();
  }

  @Test
  void aDeletedResultIsGoneFromEveryAnswer() {
    String path = Bodies.path("gone/1");
    service.client().post("/raw_input", Bodies.withData("gone/1", "1"));
    String tag = service.client().get(path).header("ETag");
    assertTrue(service.client().get("/raw_input").text().contains("gone/1"));

    Answer answer = delete(path);

    assertEquals(200, answer.status(), answer::toString);
    JsonObject body = answer.json();
    assertEquals(Bodies.resultName("gone/1"), body.getString("name"));
    assertEquals(Bodies.resultName("gone/1"), body.getString("result_name"));
    assertEquals(
        Instant.parse(body.getString("deleted_at")).plus(Duration.ofDays(30)),
        Instant.parse(body.getString("restorable_until")));
    for (String part : List.of("", "/data", "/versions", "?version=1", "/data?version=1")) {
      assertEquals(404, service.client().get(path + part).status(), part);
      assertEquals(404, service.client().get(path + part, "If-None-Match", tag).status(), part);
    }
    assertEquals(404, service.client().head(path).status());
    assertTrue(!service.client().get("/raw_input").text().contains("gone/1"));
    requireProblem(delete(path), 404, "result-not-found", path);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, CHUNKED})
  void aRestoredResultIsReadAsBefore(int length) {
    String name = "back" + length;
    String path = Bodies.path(name);
    service.client().post("/raw_input", Bodies.withData(name, text(length, 1)));
    service.client().post("/raw_input", Bodies.withData(name, text(length, 2)));
    Answer before = service.client().get(path);
    Answer versions = service.client().get(path + "/versions");
    delete(path);

    Answer answer = restore(path);

    assertEquals(200, answer.status(), answer::toString);
    JsonObject summary = before.json();
    summary.remove("data");
    summary.remove("result_name");
    assertEquals(summary, answer.json());
    Answer after = service.client().get(path);
    assertEquals(before.body(), after.body());
    assertEquals(before.header("ETag"), after.header("ETag"));
    assertEquals(versions.body(), service.client().get(path + "/versions").body());
    assertEquals(text(length, 1), service.client().get(path + "/data?version=1").body());
    assertEquals(text(length, 2), service.client().get(path + "/data").body());
    requireProblem(restore(path), 404, "nothing-deleted", path + "/restore");
  }

  @Test
  void whatCanBeRestoredIsListed() {
    String path = Bodies.path("listed");
    service.client().post("/raw_input", Bodies.withData("listed", "1"));
    String deletedAt = delete(path).json().getString("deleted_at");
    String list = "/raw_input?deleted=true&limit=10&benchmark_name=listed";

    Answer deleted = service.client().get(list);
    restore(path);
    Answer restored = service.client().get(list);

    assertEquals(1, deleted.array().size(), deleted::toString);
    JsonObject row = deleted.array().getJsonObject(0);
    assertEquals(Bodies.resultName("listed"), row.getString("pk"));
    assertEquals(deletedAt, row.getString("deleted_at"));
    assertEquals(0, restored.array().size(), restored::toString);
  }

  @Test
  void thePreviewOfTheRetentionTellsThatThereAreNoRules() {
    Answer answer = service.client().get("/retention/preview");

    assertEquals(200, answer.status(), answer::toString);
    assertEquals(0, answer.json().getJsonArray("delete").size());
    assertEquals(2, answer.json().getJsonArray("purge").size());
    assertEquals(2_592_000, answer.json().getInteger("deleted_for_seconds"));
  }

  @Test
  void aNameThatIsUsedAgainIsNotRestoredOver() {
    String path = Bodies.path("again");
    service.client().post("/raw_input", Bodies.withData("again", "1"));
    delete(path);
    Answer stored = service.client().post("/raw_input", Bodies.withData("again", "1"));
    assertEquals("stored", stored.json().getString("outcome"));

    Answer answer = restore(path);

    requireProblem(answer, 409, "name-in-use", path + "/restore");
  }

  @Test
  void aCarefulClientDeletesOnlyWhatItHasSeen() {
    String path = Bodies.path("careful");
    Answer first = service.client().post("/raw_input", Bodies.withData("careful", "1"));
    service.client().post("/raw_input", Bodies.withData("careful", "2"));
    String seen = service.client().get(path).header("ETag");

    Answer refused = delete(path, "If-Match", first.header("ETag"));
    // The tag that a client which asks for compression receives.
    Answer deleted = delete(path, "If-Match", "\"other\", W/" + seen);

    requireProblem(refused, 412, "other-version", path);
    assertEquals(200, deleted.status(), deleted::toString);
  }

  /** A reader who has the first must not be told that it has the second. */
  @Test
  void aResultThatIsStoredAnewWithACorrectedEnvelopeIsAnotherRepresentation() {
    String path = Bodies.path("corrected");
    String wrong = "\"data\":1,\"model_id\":\"wrong\"";
    String right = "\"data\":1,\"model_id\":\"right\"";
    service.client().post("/raw_input", Bodies.withMembers("corrected", wrong));
    String tag = service.client().get(path).header("ETag");
    service.client().get("/raw_input");
    delete(path);
    Answer stored = service.client().post("/raw_input", Bodies.withMembers("corrected", right));

    Answer answer = service.client().get(path, "If-None-Match", tag);

    assertEquals(200, answer.status(), answer::toString);
    assertEquals("right", answer.json().getString("model_id"));
    assertNotEquals(tag, answer.header("ETag"));
    assertEquals(stored.header("ETag"), answer.header("ETag"));
    String list = service.client().get("/raw_input").text();
    assertTrue(list.contains("\"right\"") && !list.contains("\"wrong\""), list);
  }

  private static Buffer text(int length, long seed) {
    StringBuilder text = new StringBuilder(length).append('"');
    new Random(seed).ints(length - 2, 'a', 'z').forEach(letter -> text.append((char) letter));
    return Buffer.buffer(text.append('"').toString());
  }
}
