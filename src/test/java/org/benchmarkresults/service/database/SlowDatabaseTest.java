package org.benchmarkresults.service.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.HttpAlone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Requests that take longer than a connection may be idle are still answered. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class SlowDatabaseTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final Map<String, String> SETTINGS =
      Map.of("HTTP_IDLE_TIMEOUT", "1s", "HTTP_BODY_LIMIT", "1MiB", "HTTP_UPLOAD_BUDGET", "1MiB");

  /** Beyond the idle timeout, which is looked at once in its own length. */
  private static final int DATABASE_MILLIS = 2_500;

  private static HttpAlone start(Vertx vertx) {
    HttpAlone rooms = HttpAlone.start(vertx, SETTINGS);
    rooms.serve(Addresses.SAVE, result -> slowly(vertx, new SaveOutcome.Stored()));
    rooms.serve(Addresses.FIND, ref -> slowly(vertx, new FindOutcome.NotFound()));
    return rooms;
  }

  private static <T> Future<T> slowly(Vertx vertx, T answer) {
    return vertx.timer(DATABASE_MILLIS, TimeUnit.MILLISECONDS).map(answer);
  }

  @Test
  void aWriterWaitsForAsLongAsTheDatabaseTakes(Vertx vertx) {
    HttpAlone rooms = start(vertx);

    Answer answer = rooms.client().post("/raw_input", Bodies.withData("slow", "1"));

    assertEquals(200, answer.status(), answer::toString);
  }

  @Test
  void aReaderWaitsForAsLongAsTheDatabaseTakes(Vertx vertx) {
    HttpAlone rooms = start(vertx);

    Answer answer = rooms.client().get("/raw_input/slow");

    assertEquals(404, answer.status(), answer::toString);
  }

  @Test
  void uploadsWaitInLineForAsLongAsItTakes(Vertx vertx) {
    HttpAlone rooms = start(vertx);
    String data = '"' + "x".repeat(MEBIBYTE - 1_000) + '"';

    List<Answer> answers =
        Future.<Answer>all(
                IntStream.range(0, 3)
                    .mapToObj(i -> Buffer.buffer(Bodies.withData("in line " + i, data)))
                    .map(body -> rooms.client().posting("/raw_input", body))
                    .toList())
            .await()
            .list();

    assertEquals(List.of(200, 200, 200), answers.stream().map(Answer::status).toList());
  }
}
