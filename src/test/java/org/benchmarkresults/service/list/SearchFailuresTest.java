package org.benchmarkresults.service.list;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.junit5.VertxExtension;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.service.HttpAlone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are searched for, when the database goes away, gives up, or the reader is slow. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class SearchFailuresTest {
  private static final Instant NOON = Instant.parse("2026-04-21T12:00:00Z");
  private static final String DATA = "/raw_input?fields=pk,data";
  private static final int PAGES = 2_000;
  private static final int ROW_BYTES = 60 << 10;
  private static final int PAGE_ROWS = 3;

  /** The buffers of a loopback socket take some pages, and not many of them. */
  private static final int MOST_FETCHED = PAGES / 4;

  private final AtomicInteger fetched = new AtomicInteger();
  private HttpAlone rooms;

  @BeforeEach
  void start(Vertx vertx) {
    rooms = HttpAlone.start(vertx);
  }

  private static Row row(StoredData data) {
    Envelope envelope = new Envelope(new ResultKey("t", "b", "r"), null, null, null, List.of());
    Digest digest = Digest.of(ByteBuffer.allocate(0));
    return new Row(new ResultSummary(envelope, null, 1, 9, digest, 0, NOON, NOON), data, null);
  }

  private static StoredData small() {
    return new StoredData.Inline(ByteBuffer.wrap(new byte[] {'1'}));
  }

  private static SearchOutcome page(PageKey next, Row... rows) {
    return new SearchOutcome.Page(List.of(rows), next);
  }

  private static PageKey key(int page) {
    return new PageKey(null, null, Instant.ofEpochSecond(page), "t-b-r");
  }

  private Answer get(String query, String accept) {
    return rooms.client().get("/raw_input?" + query, "Accept", accept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson", "text/csv"})
  void aSearchThatFailsInTheMiddleIsCut(String accept) {
    rooms.serve(
        Addresses.SEARCH,
        search ->
            search.after() == null
                ? Future.succeededFuture(page(key(1), row(null)))
                : Future.failedFuture(new Unavailable("Away.")));

    assertThrows(HttpClosedException.class, () -> get("sort=model_id", accept));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson", "text/csv"})
  void aSearchThatBecomesTooCostlyInTheMiddleIsCut(String accept) {
    rooms.serve(
        Addresses.SEARCH,
        search ->
            Future.succeededFuture(
                search.after() == null ? page(key(1), row(null)) : new SearchOutcome.TooCostly()));

    assertThrows(HttpClosedException.class, () -> get("sort=model_id", accept));
  }

  @Test
  void dataThatFailsInTheMiddleOfALineIsCut() {
    rooms.serve(
        Addresses.SEARCH,
        search ->
            Future.succeededFuture(
                page(null, row(small()), row(new StoredData.Chunked("upload", 2, false)))));
    rooms.serve(
        Addresses.CHUNK,
        chunk ->
            chunk.number() == 0
                ? Future.succeededFuture(new Chunk(ByteBuffer.wrap("[1,".getBytes())))
                : Future.failedFuture(new Unavailable("Away.")));

    assertThrows(HttpClosedException.class, () -> get("fields=data", "application/x-ndjson"));
  }

  @Test
  void aSearchThatFailsAtOnceIsAClearAnswer() {
    rooms.serve(Addresses.SEARCH, search -> Future.failedFuture(new Unavailable("Away.")));

    requireProblem(get("limit=1", "text/csv"), 503, "unavailable", "/raw_input");
  }

  @Test
  void aSearchThatIsTooCostlySaysHowToNarrowIt() {
    rooms.serve(Addresses.SEARCH, search -> Future.succeededFuture(new SearchOutcome.TooCostly()));

    Answer answer = get("limit=1", "application/x-ndjson");

    requireProblem(answer, 422, "query-too-costly", "/raw_input");
  }

  @Test
  void aCountThatCannotBeHadIsAClearAnswer() {
    rooms.serve(Addresses.SEARCH, search -> Future.succeededFuture(page(null)));
    rooms.serve(Addresses.COUNT, search -> Future.failedFuture(new Unavailable("Away.")));

    requireProblem(get("count=true", "*/*"), 503, "unavailable", "/raw_input");
  }

  @ParameterizedTest
  @CsvSource({"7, true, 7", "100000, false, 100000+", "0, false, 2+", "0, true, 0"})
  void aCountThatStoppedIsALowerBound(long count, boolean exact, String header) {
    rooms.serve(
        Addresses.SEARCH, search -> Future.succeededFuture(page(null, row(null), row(null))));
    rooms.serve(Addresses.COUNT, search -> Future.succeededFuture(new ResultCount(count, exact)));

    assertEquals(header, get("count=true", "*/*").header("X-Total-Count"));
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, '[{\"pk\":\"t-b-r\"},{\"pk\":\"t-b-r\"}]'",
    "application/x-ndjson, '{\"pk\":\"t-b-r\"}\n{\"pk\":\"t-b-r\"}\n'",
    "text/csv, 'pk\r\nt-b-r\r\nt-b-r\r\n'"
  })
  void pagesWithoutRowsLeaveNoTrace(String accept, String body) {
    rooms.serve(
        Addresses.SEARCH,
        search -> {
          int page =
              search.after() == null ? 0 : (int) search.after().receivedAt().getEpochSecond();
          boolean empty = page % 2 == 0;
          PageKey next = page == 4 ? null : key(page + 1);
          return Future.succeededFuture(empty ? page(next) : page(next, row(null)));
        });

    assertEquals(body, get("fields=pk", accept).text());
  }

  @Test
  void aLineWithLargeDataStandsBetweenOthers() {
    StoredData oneLine = new StoredData.Chunked("upload", 2, false);
    StoredData several = new StoredData.Chunked("upload", 2, true);
    rooms.serve(
        Addresses.SEARCH,
        search ->
            Future.succeededFuture(
                page(null, row(oneLine), row(small()), row(several), row(oneLine))));
    rooms.serve(
        Addresses.CHUNK,
        chunk ->
            Future.succeededFuture(
                new Chunk(ByteBuffer.wrap((chunk.number() == 0 ? "[\"\\" : "\"\"]").getBytes()))));

    String text = get("fields=data", "application/x-ndjson").text();

    List<String> data =
        text.lines().map(line -> line.substring(line.indexOf(",\"data\":") + 8)).toList();
    assertEquals(List.of("[\"\\\"\"]}", "1}", "\"[\\\"\\\\\\\"\\\"]\"}", "[\"\\\"\"]}"), data);
  }

  private void servePages() {
    StoredData data =
        new StoredData.Inline(ByteBuffer.wrap(("\"" + "x".repeat(ROW_BYTES) + "\"").getBytes()));
    Row row = row(data);
    Row[] rows = Collections.nCopies(PAGE_ROWS, row).toArray(Row[]::new);
    rooms.serve(
        Addresses.SEARCH,
        search -> {
          int page = fetched.incrementAndGet();
          return Future.succeededFuture(page(page < PAGES ? key(page) : null, rows));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson", "text/csv"})
  void aReaderThatDoesNotReadIsWaitedForAndGetsEverything(String accept) {
    servePages();
    HttpClientResponse answer = rooms.pausedAnswer(DATA, "Accept", accept);

    rooms.letTheServiceWork();

    assertTrue(fetched.get() < MOST_FETCHED, () -> "fetched " + fetched);
    AtomicLong bytes = new AtomicLong();
    answer.handler(piece -> bytes.addAndGet(piece.length()));
    answer.resume();
    answer.end().await();
    assertEquals(PAGES, fetched.get());
    assertTrue(bytes.get() > (long) PAGES * PAGE_ROWS * ROW_BYTES, bytes::toString);
  }

  @Test
  void aReaderThatIsGoneIsNotFetchedFor() {
    servePages();
    rooms
        .pausedAnswer(DATA, "Accept", "application/x-ndjson")
        .request()
        .connection()
        .close()
        .await();

    rooms.letTheServiceWork();

    assertTrue(fetched.get() < MOST_FETCHED, () -> "fetched " + fetched);
  }
}
