package org.benchmarkresults.service.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.junit5.VertxExtension;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ResultOutline;
import org.benchmarkresults.model.search.ResultPage;
import org.benchmarkresults.service.HttpAlone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long answers to readers that are slow or gone: no more is fetched than the socket takes. */
@ExtendWith(VertxExtension.class)
class BackPressureTest {
  private static final Instant NOON = Instant.parse("2026-04-21T12:00:00Z");
  private static final int PIECES = 1_000;
  private static final int PIECE_BYTES = 255 << 10;

  /** The buffers of a loopback socket take some of a quarter gigabyte, and not much of it. */
  private static final int MOST_FETCHED = PIECES / 4;

  private final AtomicInteger fetched = new AtomicInteger();
  private HttpAlone rooms;

  @BeforeEach
  void start(Vertx vertx) {
    rooms = HttpAlone.start(vertx);
    rooms.serve(Addresses.FIND, ref -> Future.succeededFuture(large()));
    rooms.serve(
        Addresses.CHUNK,
        chunk -> {
          fetched.incrementAndGet();
          return Future.succeededFuture(new Chunk(ByteBuffer.allocate(PIECE_BYTES)));
        });
    rooms.serve(
        Addresses.LIST,
        query ->
            Future.succeededFuture(new ResultOutline(List.of(row().ref()), nextOf(query.after()))));
    rooms.serve(
        Addresses.SUMMARIES,
        query -> {
          fetched.incrementAndGet();
          return Future.succeededFuture(new ResultPage(List.of(row()), nextOf(query.after())));
        });
  }

  private static FindOutcome large() {
    return new FindOutcome.Found(row(), new StoredData.Chunked("upload", PIECES));
  }

  private static ResultSummary row() {
    RawJson wide = RawJson.of('"' + "x".repeat(PIECE_BYTES) + '"');
    ResultKey key = new ResultKey("t", "b", "r");
    Envelope envelope = new Envelope(key, null, null, null, List.of(new ExtraField("wide", wide)));
    Digest digest = Digest.of(ByteBuffer.allocate(0));
    long size = (long) PIECES * PIECE_BYTES;
    return new ResultSummary(envelope, null, 1, size, digest, 0, NOON, NOON);
  }

  /** Pages are counted in the seconds of their position. */
  private static PageKey nextOf(PageKey after) {
    long page = after == null ? 1 : after.receivedAt().getEpochSecond() + 1;
    return page == PIECES ? null : new PageKey(Instant.ofEpochSecond(page), "t-b-r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw_input", "/raw_input/t-b-r", "/raw_input/t-b-r/data"})
  void aReaderThatDoesNotReadIsWaitedFor(String path) {
    HttpClientResponse answer = rooms.pausedAnswer(path);

    rooms.letTheServiceWork();

    assertTrue(fetched.get() < MOST_FETCHED, () -> "fetched " + fetched);
    answer.request().connection().close().await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw_input", "/raw_input/t-b-r/data"})
  void aReaderThatIsGoneIsNotFetchedFor(String path) {
    rooms.pausedAnswer(path).request().connection().close().await();

    rooms.letTheServiceWork();

    assertTrue(fetched.get() < MOST_FETCHED, () -> "fetched " + fetched);
  }

  @Test
  void aReaderThatGoesOnGetsEverything() {
    HttpClientResponse answer = rooms.pausedAnswer("/raw_input/t-b-r/data");
    AtomicInteger bytes = new AtomicInteger();
    answer.handler(piece -> bytes.addAndGet(piece.length()));

    answer.resume();

    answer.end().await();
    assertEquals(PIECES * PIECE_BYTES, bytes.get());
    assertEquals(PIECES, fetched.get());
  }
}
