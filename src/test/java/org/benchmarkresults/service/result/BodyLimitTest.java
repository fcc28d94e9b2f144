package org.benchmarkresults.service.result;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies around the limit, of announced and of unknown length. */
class BodyLimitTest {
  private static final int LIMIT = 200_000;

  @RegisterExtension
  final RunningService service =
      RunningService.on(Backend.EMBEDDED, Map.of("HTTP_BODY_LIMIT", LIMIT + "B"));

  /** With the limit that is set when nothing is. */
  @RegisterExtension final RunningService unset = RunningService.on(Backend.EMBEDDED);

  private static Buffer bodyOf(int length) {
    int around = Bodies.withData("large", "\"\"").length();
    return Buffer.buffer(Bodies.withData("large", '"' + "x".repeat(length - around) + '"'));
  }

  /** Far more than fits into the buffers of a socket: the sender is still sending at the answer. */
  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, 30_000_000})
  void aBodyThatIsAnnouncedTooLargeIsRefused(int length) {
    Answer answer = service.client().post("/raw_input", bodyOf(length));

    JsonObject problem = requireProblem(answer, 413, "body-too-large", "/raw_input");
    assertEquals(LIMIT, problem.getInteger("limit"));
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, 30_000_000})
  void aBodyThatTurnsOutTooLargeIsRefused(int length) {
    Answer answer = service.client().postingChunked("/raw_input", bodyOf(length)).await();

    JsonObject problem = requireProblem(answer, 413, "body-too-large", "/raw_input");
    assertEquals(LIMIT, problem.getInteger("limit"));
  }

  @Test
  void aBodyOfTheLimitIsStored() {
    Answer answer = service.client().post("/raw_input", bodyOf(LIMIT));

    assertEquals(200, answer.status(), answer::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 65_536, 65_537, 150_000, LIMIT})
  void aBodyOfUnknownLengthIsStored(int length) {
    Buffer body = bodyOf(length);

    Answer answer = service.client().postingChunked("/raw_input", body).await();

    assertEquals(200, answer.status(), answer::toString);
    Answer data = service.client().get(answer.header("Location").replace("?", "/data?"));
    assertEquals(body.toJsonObject().getString("data").length() + 2, data.body().length());
  }

  @Test
  void unlessToldOtherwiseABodyMayBe64Mebibytes() {
    int limit = 64 << 20;
    Buffer body = bodyOf(limit);
    int data = body.length() - Bodies.withData("large", "").length();

    Answer stored = unset.client().post("/raw_input", body);
    Answer refused = unset.client().post("/raw_input", bodyOf(limit + 1));

    assertEquals(200, stored.status(), stored::toString);
    Answer head = unset.client().head(Bodies.path("large") + "/data");
    assertEquals(Integer.toString(data), head.header("Content-Length"));
    assertEquals(
        limit, requireProblem(refused, 413, "body-too-large", "/raw_input").getInteger("limit"));
  }

  @Test
  void theServiceGoesOnAfterARefusal() {
    for (int i = 0; i < 8; i++) {
      service.client().post("/raw_input", bodyOf(LIMIT + 1));
    }

    Answer answer = service.client().post("/raw_input", bodyOf(LIMIT));

    assertEquals(200, answer.status(), answer::toString);
  }
}
