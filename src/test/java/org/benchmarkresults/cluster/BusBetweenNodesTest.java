package org.benchmarkresults.cluster;

import static org.benchmarkresults.cluster.ClusterMembers.awaitAnswer;
import static org.benchmarkresults.cluster.ClusterMembers.chunk;
import static org.benchmarkresults.cluster.ClusterMembers.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.benchmarkresults.bus.Address;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.cluster.ClusterMembers.Member;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultBatch;
import org.benchmarkresults.model.result.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests between nodes, each with its own Vert.x and Hazelcast. */
class BusBetweenNodesTest {
  /** Addresses of this test alone: nothing that a test serves is taken back. */
  private final String test = UUID.randomUUID().toString();

  private final Address<NoArguments, Chunk> forChunk = address("chunk", NoArguments.class, true);
  private final Address<NoArguments, Chunk> once = address("once", NoArguments.class, false);
  private final Address<Result, Chunk> forResult = address("result", Result.class, true);
  private final Address<ResultBatch, Chunk> forBatch = address("batch", ResultBatch.class, true);

  /** Longer than the acceptance timeout. */
  private static final long SLOW_MILLIS = 2_500;

  private static ClusterMembers cluster;
  private static Member asker;
  private static Member server;

  @BeforeAll
  static void join() {
    cluster = new ClusterMembers();
    asker = cluster.join(11);
    server = cluster.join(12);
  }

  @AfterAll
  static void leave() {
    // Nothing is still being served.
    server.bus().stopServing(Duration.ofDays(1)).await();
    cluster.close();
  }

  private <Q> Address<Q, Chunk> address(String name, Class<Q> request, boolean repeatable) {
    return new Address<>(
        name + '.' + test, request, Chunk.class, Duration.ofSeconds(60), repeatable);
  }

  @Test
  void requestGoesToAnotherNodeThatServesIt() {
    server.bus().serve(forChunk, ask -> Future.succeededFuture(chunk(7)));

    Chunk answer = awaitAnswer(asker, forChunk);

    assertEquals(chunk(7), answer);
  }

  @Test
  void requestStaysLocalWhenServedLocally() {
    asker.bus().serve(forChunk, ask -> Future.succeededFuture(chunk(1)));
    server.bus().serve(forChunk, ask -> Future.succeededFuture(chunk(2)));

    for (int i = 0; i < 50; i++) {
      assertEquals(chunk(1), asker.bus().request(forChunk, new NoArguments()).await());
      assertEquals(chunk(2), server.bus().request(forChunk, new NoArguments()).await());
    }
  }

  @Test
  void slowReplyIsAwaited() {
    BlockingQueue<NoArguments> asked = new LinkedBlockingQueue<>();
    server
        .bus()
        .serve(
            forChunk,
            ask -> {
              asked.add(ask);
              return server
                  .cluster()
                  .vertx()
                  .timer(SLOW_MILLIS, TimeUnit.MILLISECONDS)
                  .map(chunk(3));
            });

    Chunk answer = awaitAnswer(asker, forChunk);

    assertEquals(chunk(3), answer);
    assertEquals(1, asked.size());
  }

  @Test
  void failuresReachTheCallingNode() {
    server.bus().serve(forChunk, ask -> Future.succeededFuture(chunk(1)));
    server.bus().serve(once, ask -> Future.failedFuture(new IllegalStateException("secret")));
    Address<NoArguments, Chunk> away = address("away", NoArguments.class, true);
    server.bus().serve(away, ask -> Future.failedFuture(new Unavailable("The database is away.")));
    Chunk registered = awaitAnswer(asker, forChunk);

    RuntimeException bug =
        assertThrows(
            RuntimeException.class, () -> asker.bus().request(once, new NoArguments()).await());
    Unavailable unavailable =
        assertThrows(Unavailable.class, () -> asker.bus().request(away, new NoArguments()).await());

    assertNotEquals(null, registered);
    assertFalse(bug instanceof Unavailable);
    assertFalse(bug.getMessage().contains("secret"), bug.getMessage());
    assertEquals("The database is away.", unavailable.getMessage());
  }

  @Test
  void largeDataIsSentInParts() {
    BlockingQueue<Result> asked = new LinkedBlockingQueue<>();
    server
        .bus()
        .serve(
            forResult,
            result -> {
              asked.add(result);
              return Future.succeededFuture(chunk(4));
            });
    Result small = result(1_000, 1);
    Result large = result(5_000_001, 2);

    Chunk unused = awaitAnswer(asker, forResult, small);
    List<Future<Chunk>> answers =
        IntStream.range(0, 4).mapToObj(i -> asker.bus().request(forResult, large)).toList();

    answers.forEach(answer -> assertEquals(chunk(4), answer.await()));
    // On a busy machine a question may be asked twice, and is received later then.
    List<RawJson> data = asked.stream().map(Result::data).distinct().toList();
    assertEquals(List.of(small.data(), large.data()), data);
  }

  @Test
  void mixedBatchIsSentInParts() {
    AtomicReference<ResultBatch> asked = new AtomicReference<>();
    server
        .bus()
        .serve(
            forBatch,
            batch -> {
              asked.set(batch);
              return Future.succeededFuture(chunk(4));
            });
    ResultBatch batch =
        new ResultBatch(
            Stage.RAW,
            List.of(
                result(10, 1),
                result(700_000, 2),
                result(0, 3),
                result(16 * 1024, 4),
                result(524_288, 5),
                result(16 * 1024 - 1, 6)));

    Chunk unused = awaitAnswer(asker, forBatch, batch);

    assertEquals(batch, asked.get());
  }

  @Test
  void failureOfARequestInPartsReachesTheCaller() {
    AtomicReference<Throwable> failure =
        new AtomicReference<>(new Unavailable("The disk is full."));
    server
        .bus()
        .serve(
            forResult,
            result ->
                result.dataBytes() < 10
                    ? Future.succeededFuture(chunk(1))
                    : Future.failedFuture(failure.get()));
    Chunk unused = awaitAnswer(asker, forResult, result(1, 1));
    Result large = result(3_000_000, 2);

    Unavailable unavailable =
        assertThrows(Unavailable.class, () -> asker.bus().request(forResult, large).await());
    failure.set(new OutOfMemoryError("made by a test"));
    RuntimeException bug =
        assertThrows(RuntimeException.class, () -> asker.bus().request(forResult, large).await());

    assertEquals("The disk is full.", unavailable.getMessage());
    assertFalse(bug instanceof Unavailable);
    server.bus().stopServing(Duration.ofDays(1)).await();
  }

  @Test
  void unservedAddressIsUnavailable() {

    Unavailable failure =
        assertThrows(
            Unavailable.class, () -> asker.bus().request(forChunk, new NoArguments()).await());

    assertEquals("No node serves this operation yet.", failure.getMessage());
  }
}
