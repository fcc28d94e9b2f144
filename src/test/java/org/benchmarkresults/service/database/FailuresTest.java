package org.benchmarkresults.service.database;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ResultOutline;
import org.benchmarkresults.model.search.ResultPage;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.HttpAlone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses to failures behind the http module. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class FailuresTest {
  private static final String SECRET = "password=hunter2";
  private static final Instant NOON = Instant.parse("2026-04-21T12:00:00Z");

  private HttpAlone rooms;

  @BeforeEach
  void start(Vertx vertx) {
    rooms = HttpAlone.start(vertx);
  }

  private Answer request(String method, String path) {
    Buffer body =
        method.equals("POST") ? Buffer.buffer(Bodies.withData("b", "1")) : Buffer.buffer();
    return rooms.client().send(HttpMethod.valueOf(method), path, body).await();
  }

  private static ResultSummary summary(int number, long size) {
    ResultKey key = new ResultKey("t", "b", "r" + number);
    Envelope envelope = new Envelope(key, null, null, null, List.of());
    Digest digest = Digest.of(ByteBuffer.allocate(0));
    return new ResultSummary(envelope, null, 1, size, digest, 0, NOON, NOON);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /raw_input",
    "GET, /raw_input",
    "GET, /raw_input/x",
    "GET, /raw_input/x/data",
    "GET, /raw_input/x/versions",
    "GET, /health"
  })
  void anUnavailableRoomIsAskedForAgainLater(String method, String path) {
    Answer answer = request(method, path);

    requireProblem(answer, 503, "unavailable", path);
    assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0, answer::toString);
  }

  @Test
  void theReasonOfUnavailableIsToldInASentence() {
    rooms.serve(Addresses.FIND, ref -> Future.failedFuture(new Unavailable("Come again.")));

    Answer answer = rooms.client().get("/raw_input/x");

    assertEquals(
        "Come again.",
        requireProblem(answer, 503, "unavailable", "/raw_input/x").getString("detail"));
  }

  @ParameterizedTest
  @CsvSource({"POST, /raw_input", "GET, /raw_input", "GET, /raw_input/x"})
  void aBugIsToldWithoutItsText(String method, String path) {
    rooms.serve(Addresses.SAVE, result -> Future.failedFuture(SECRET));
    rooms.serve(Addresses.LIST, query -> Future.failedFuture(SECRET));
    rooms.serve(
        Addresses.FIND,
        ref -> {
          throw new IllegalStateException(SECRET);
        });

    Answer answer = request(method, path);

    requireProblem(answer, 500, "bug", path);
    assertFalse(answer.text().contains(SECRET), answer::toString);
    assertFalse(answer.text().contains("Exception"), answer::toString);
  }

  @Test
  void aListThatFailsBeforeItsFirstPageIsAClearAnswer() {
    rooms.serve(Addresses.LIST, query -> Future.succeededFuture(outline(0, null)));
    rooms.serve(Addresses.SUMMARIES, query -> Future.failedFuture(new Unavailable("Away.")));

    Answer answer = rooms.client().get("/raw_input");

    requireProblem(answer, 503, "unavailable", "/raw_input");
  }

  @Test
  void aListThatFailsInTheMiddleIsCut() {
    PageKey middle = new PageKey(NOON, "t-b-r0");
    rooms.serve(
        Addresses.LIST,
        query ->
            query.after() == null
                ? Future.succeededFuture(outline(0, middle))
                : Future.failedFuture(new Unavailable("Away.")));
    rooms.serve(
        Addresses.SUMMARIES,
        query -> Future.succeededFuture(new ResultPage(List.of(summary(0, 1)), middle)));

    assertThrows(HttpClosedException.class, () -> rooms.client().get("/raw_input"));
  }

  @Test
  void aListOfPagesIsOneArray() {
    PageKey middle = new PageKey(NOON, "t-b-r0");
    rooms.serve(
        Addresses.LIST,
        query ->
            Future.succeededFuture(query.after() == null ? outline(0, middle) : outline(1, null)));
    rooms.serve(
        Addresses.SUMMARIES,
        query ->
            Future.succeededFuture(
                query.after() == null
                    ? new ResultPage(List.of(summary(0, 1)), middle)
                    : new ResultPage(List.of(summary(1, 1)), null)));

    Answer answer = rooms.client().get("/raw_input");

    assertEquals(2, answer.array().size());
    assertEquals("r1", answer.array().getJsonObject(1).getString("run_id"));
  }

  @Test
  void aListOfNothingIsAnEmptyArray() {
    rooms.serve(
        Addresses.LIST, query -> Future.succeededFuture(new ResultOutline(List.of(), null)));
    rooms.serve(
        Addresses.SUMMARIES, query -> Future.succeededFuture(new ResultPage(List.of(), null)));

    assertEquals("[]", rooms.client().get("/raw_input").text());
  }

  @ParameterizedTest
  @CsvSource({"/raw_input/t-b-r0", "/raw_input/t-b-r0/data"})
  void dataThatFailsInTheMiddleIsCut(String path) {
    StoredData chunked = new StoredData.Chunked("upload", 2);
    rooms.serve(
        Addresses.FIND,
        ref -> Future.succeededFuture(new FindOutcome.Found(summary(0, 2_000), chunked)));
    rooms.serve(
        Addresses.CHUNK,
        chunk ->
            chunk.number() == 0
                ? Future.succeededFuture(new Chunk(ByteBuffer.allocate(1_000)))
                : Future.failedFuture(new Unavailable("Away.")));

    assertThrows(HttpClosedException.class, () -> rooms.client().get(path));
  }

  @Test
  void dataThatFailsBeforeItsFirstChunkIsAClearAnswer() {
    StoredData chunked = new StoredData.Chunked("upload", 2);
    rooms.serve(
        Addresses.FIND,
        ref -> Future.succeededFuture(new FindOutcome.Found(summary(0, 2_000), chunked)));
    rooms.serve(Addresses.CHUNK, chunk -> Future.failedFuture(new Unavailable("Away.")));

    Answer answer = rooms.client().get("/raw_input/x/data");

    requireProblem(answer, 503, "unavailable", "/raw_input/x/data");
  }

  private static ResultOutline outline(int number, PageKey next) {
    return new ResultOutline(List.of(summary(number, 1).ref()), next);
  }
}
