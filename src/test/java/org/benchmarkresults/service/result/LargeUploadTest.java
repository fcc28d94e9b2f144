package org.benchmarkresults.service.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of many megabytes, alone and many at once. */
@OnMongod
class LargeUploadTest {
  /** The size of a chunk of large data, in bytes. */
  private static final int CHUNK = 255 << 10;

  private static final int MEBIBYTE = 1 << 20;

  @RegisterExtension final RunningService service;

  LargeUploadTest(Backend backend) {
    service =
        RunningService.on(
            backend, Map.of("HTTP_BODY_LIMIT", "20MiB", "HTTP_UPLOAD_BUDGET", "20MiB"));
  }

  /** A JSON array of about so many bytes, the same for the same seed. */
  private static Buffer arrayOf(int length, int seed) {
    StringBuilder json = new StringBuilder(length + 64).append('[');
    for (int i = 0; json.length() < length; i++) {
      json.append(i == 0 ? "" : ", ")
          .append("{\"acc,none\": ")
          .append(seed + 1)
          .append(i)
          .append(".10}");
    }
    return Buffer.buffer(json.append(']').toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {60_000, 70_000, 131_000, 140_000, 300_000, 17 * MEBIBYTE})
  void largeDataComesBackByteForByte(int length) {
    String name = "large " + length;
    Buffer data = arrayOf(length, 1);

    Answer saved = service.client().post("/raw_input", Bodies.withData(name, data));

    assertEquals(200, saved.status(), saved::toString);
    assertEquals(data, service.client().get(Bodies.path(name) + "/data").body());
    Buffer detail = service.client().get(Bodies.path(name)).body();
    assertEquals(data, detail.slice(detail.length() - 1 - data.length(), detail.length() - 1));
  }

  @Test
  void largeDataInAStringIsTheTextInside() {
    Buffer data = arrayOf(MEBIBYTE, 1);
    Buffer inString = Buffer.buffer('"' + data.toString().replace("\"", "\\\"") + '"');

    Answer saved = service.client().post("/raw_input", Bodies.withData("in a string", inString));

    assertEquals(200, saved.status(), saved::toString);
    assertEquals(data, service.client().get(Bodies.path("in a string") + "/data").body());
  }

  /** The literal is cut by the end of a chunk at each of its letters. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aNonFiniteNumberAcrossChunksIsNullInTheDetail(int before) {
    String name = "across " + before;
    String text = "\\\"NaN" + "x".repeat(CHUNK - before - 9);
    String data = "[\"" + text + "\",-Infinity,-1,NaN]";

    Answer saved = service.client().post("/raw_input", Bodies.withData(name, data));

    assertEquals(200, saved.status(), saved::toString);
    assertEquals(data, service.client().get(Bodies.path(name) + "/data").text());
    Answer detail = service.client().get(Bodies.path(name));
    assertTrue(detail.text().endsWith("[\"" + text + "\",null,-1,null]}"), detail::toString);
    assertEquals(2, detail.json().getInteger("non_finite"));
  }

  /** Together three times the budget: the service reads from some while others wait. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void uploadsBeyondTheBudgetWaitAndSucceed(boolean announced) {
    Client client = service.client();
    List<Buffer> data = IntStream.range(0, 12).mapToObj(i -> arrayOf(5 * MEBIBYTE, i)).toList();

    List<Answer> answers =
        Future.<Answer>all(
                IntStream.range(0, data.size())
                    .mapToObj(i -> upload(client, nameOf(i, announced), data.get(i), announced))
                    .toList())
            .await()
            .list();

    for (int i = 0; i < answers.size(); i++) {
      assertEquals(200, answers.get(i).status(), answers.get(i)::toString);
      String path = Bodies.path(nameOf(i, announced)) + "/data";
      assertEquals(data.get(i), client.get(path).body());
    }
  }

  private static String nameOf(int number, boolean announced) {
    return (announced ? "announced " : "chunked ") + number;
  }

  private static Future<Answer> upload(Client client, String name, Buffer data, boolean announced) {
    Buffer body = Bodies.withData(name, data);
    return announced
        ? client.posting("/raw_input", body)
        : client.postingChunked("/raw_input", body);
  }

  @Test
  void smallUploadsAreServedWhileLargeOnesWait() {
    Client client = service.client();
    List<Future<Answer>> large =
        IntStream.range(0, 6)
            .mapToObj(i -> upload(client, "beside " + i, arrayOf(10 * MEBIBYTE, i), true))
            .toList();

    List<Future<Answer>> small =
        IntStream.range(0, 32)
            .mapToObj(i -> upload(client, "small " + i, Buffer.buffer("[" + i + "]"), true))
            .toList();

    for (Future<Answer> answer : small) {
      assertEquals(200, answer.await().status());
    }
    for (Future<Answer> answer : large) {
      assertEquals(200, answer.await().status());
    }
  }

  @Test
  void aSenderThatGivesUpLeavesItsRoomToOthers() {
    Client client = service.client();
    Buffer body = Bodies.withData("given up", arrayOf(18 * MEBIBYTE, 1));
    for (int i = 0; i < 4; i++) {
      client
          .request(HttpMethod.POST, "/raw_input")
          .compose(
              request -> {
                request.putHeader("Content-Length", Integer.toString(body.length()));
                return request
                    .write(body.slice(0, 4 * MEBIBYTE))
                    .compose(written -> request.connection().close());
              })
          .await();
    }

    Answer answer = client.post("/raw_input", body);

    assertEquals(200, answer.status(), answer::toString);
  }
}
