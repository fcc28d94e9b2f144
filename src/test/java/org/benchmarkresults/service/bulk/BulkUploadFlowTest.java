package org.benchmarkresults.service.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.BatchOutcome;
import org.benchmarkresults.model.result.ResultBatch;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.HttpAlone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How far a load goes ahead of its reader and of the database, and what it says of failures. */
@ExtendWith(VertxExtension.class)
class BulkUploadFlowTest {
  private static final Map<String, String> SETTINGS =
      Map.of("HTTP_IDLE_TIMEOUT", "1s", "HTTP_BODY_LIMIT", "1MiB", "HTTP_UPLOAD_BUDGET", "1MiB");

  /** Beyond the idle timeout, which is looked at once in its own length. */
  private static final int DATABASE_MILLIS = 2_500;

  /** Lines of 300 bytes with responses of as many: more than all buffers on the way hold. */
  private static final int MANY_LINES = 100_000;

  private static BatchOutcome stored(ResultBatch batch) {
    return new BatchOutcome(Collections.nCopies(batch.results().size(), new SaveOutcome.Stored()));
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Bodies.withData("line " + i, '"' + "x".repeat(200) + '"') + '\n')
        .collect(Collectors.joining());
  }

  private static void sendAll(BulkUploadSocket load) {
    try {
      for (int i = 0; i < MANY_LINES; i += 100) {
        load.send(lines(i, i + 100));
      }
      load.end();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSenderThatDoesNotReadIsWaitedForAndLosesNothing(Vertx vertx) throws IOException {
    HttpAlone rooms = HttpAlone.start(vertx, Map.of("HTTP_UPLOAD_BUDGET", "64MiB"));
    AtomicInteger saved = new AtomicInteger();
    rooms.serve(
        Addresses.SAVE_ALL,
        batch -> {
          saved.addAndGet(batch.results().size());
          return Future.succeededFuture(stored(batch));
        });
    try (BulkUploadSocket load = BulkUploadSocket.begin(rooms.port(), "")) {
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(load));
      rooms.letTheServiceWork();
      int unread = saved.get();

      List<JsonObject> answers = load.rest();

      sending.join();
      assertTrue(unread < MANY_LINES, () -> "took " + unread + " lines");
      assertEquals(MANY_LINES, answers.size());
      assertEquals(
          MANY_LINES, answers.stream().map(line -> line.getLong("line")).distinct().count());
    }
  }

  @Test
  void noMoreIsReadThanTheDatabaseTakes(Vertx vertx) throws IOException {
    HttpAlone rooms = HttpAlone.start(vertx, SETTINGS);
    AtomicInteger asked = new AtomicInteger();
    Promise<Void> goesOn = Promise.promise();
    rooms.serve(
        Addresses.SAVE_ALL,
        batch -> {
          asked.addAndGet(batch.results().size());
          return goesOn.future().map(stored(batch));
        });
    try (BulkUploadSocket load = BulkUploadSocket.begin(rooms.port(), "")) {
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(load));
      rooms.letTheServiceWork();
      int ahead = asked.get();
      goesOn.complete();

      List<JsonObject> answers = load.rest();

      sending.join();
      assertTrue(ahead < 4_000, () -> ahead + " lines were under way");
      assertEquals(MANY_LINES, answers.size());
    }
  }

  @Test
  void aSenderWaitsForAsLongAsTheDatabaseTakes(Vertx vertx) throws IOException {
    HttpAlone rooms = HttpAlone.start(vertx, SETTINGS);
    rooms.serve(
        Addresses.SAVE_ALL,
        batch -> vertx.timer(DATABASE_MILLIS, TimeUnit.MILLISECONDS).map(stored(batch)));
    try (BulkUploadSocket load = BulkUploadSocket.begin(rooms.port(), "")) {
      load.send(lines(0, 1));
      assertEquals("stored", load.next().getString("outcome"));
      load.send(lines(1, 2));
      assertEquals("stored", load.next().getString("outcome"));
      load.end();
      assertEquals(List.of(), load.rest());
    }
  }

  @Test
  void whileTheDatabaseIsAwayEachLineSaysSo(Vertx vertx) throws IOException {
    HttpAlone rooms = HttpAlone.start(vertx, SETTINGS);
    AtomicInteger batches = new AtomicInteger();
    rooms.serve(
        Addresses.SAVE_ALL,
        batch ->
            batches.incrementAndGet() == 2
                ? Future.failedFuture(new Unavailable("The database did not answer."))
                : Future.succeededFuture(stored(batch)));
    try (BulkUploadSocket load = BulkUploadSocket.begin(rooms.port(), "")) {
      for (int i = 0; i < 3; i++) {
        load.send(lines(i, i + 1));
        JsonObject answer = load.next();
        assertEquals(i == 1 ? 503 : 200, answer.getInteger("status"), answer::encode);
      }
    }
  }

  @Test
  void aMistakeOfTheServiceNamesNothingOfItsInside(Vertx vertx) throws IOException {
    HttpAlone rooms = HttpAlone.start(vertx, SETTINGS);
    rooms.serve(
        Addresses.SAVE_ALL,
        batch -> Future.failedFuture(new IllegalStateException("password=hunter2")));
    try (BulkUploadSocket load = BulkUploadSocket.begin(rooms.port(), "")) {
      load.send(lines(0, 1));
      JsonObject answer = load.next();
      assertEquals(500, answer.getInteger("status"));
      assertTrue(!answer.encode().contains("hunter2"), answer::encode);
    }
  }
}
