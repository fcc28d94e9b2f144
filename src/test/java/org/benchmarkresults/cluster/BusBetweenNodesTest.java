package org.benchmarkresults.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.Hazelcast;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.FreePorts;
import org.benchmarkresults.bus.Address;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultBatch;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asking and serving between nodes, each with a Vert.x and a Hazelcast of its own. */
class BusBetweenNodesTest {
  private static final Address<NoArguments, Chunk> CHUNK =
      new Address<>("test.chunk", NoArguments.class, Chunk.class, Duration.ofSeconds(60));
  private static final Address<Result, Chunk> RECEIVED =
      new Address<>("test.received", Result.class, Chunk.class, Duration.ofSeconds(60));
  private static final Address<ResultBatch, Chunk> BATCH =
      new Address<>("test.batch", ResultBatch.class, Chunk.class, Duration.ofSeconds(60));
  private static final Address<NoArguments, Chunk> ONCE =
      new Address<>("test.once", NoArguments.class, Chunk.class, Duration.ofSeconds(60), false);

  /** Longer than the time in which a node must say that it took a question. */
  private static final long SLOW_MILLIS = 2_500;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private record Member(Cluster cluster, Bus bus) {}

  private final List<Member> members = new ArrayList<>();
  private final List<Integer> ports = FreePorts.find(2);
  private final int port = ports.get(0);
  private final int busPort = ports.get(1);

  private Member join(int host) {
    List<String> hosts = List.of("127.0.0.11", "127.0.0.12", "127.0.0.13");
    Config.Cluster config =
        new Config.Cluster(true, "test-" + port, "127.0.0." + host, port, busPort, hosts, "");
    Cluster cluster =
        Cluster.join(config, List.of("http"), "0.1.0", Vertx.builder(), new VertxOptions()).await();
    Member member = new Member(cluster, new Bus(cluster.vertx(), cluster));
    members.add(member);
    return member;
  }

  @AfterEach
  void leave() {
    // One that was killed cannot leave as it should.
    members.forEach(member -> member.cluster().vertx().close().otherwiseEmpty().await());
  }

  /** A registration takes a moment to be known everywhere. */
  private static Chunk awaitAnswer(Member asker, Address<NoArguments, Chunk> address) {
    return awaitAnswer(asker, address, new NoArguments());
  }

  private static <Q> Chunk awaitAnswer(Member asker, Address<Q, Chunk> address, Q question) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return asker.bus().request(address, question).await();
      } catch (Unavailable e) {
        assertTrue(System.nanoTime() < deadline, e::getMessage);
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static Chunk chunk(int first) {
    return new Chunk(ByteBuffer.wrap(new byte[] {(byte) first, 0, -1}));
  }

  /** As a process that is killed: without a word to the others. */
  private static void kill(Member member) {
    var instance =
        Hazelcast.getAllHazelcastInstances().stream()
            .filter(
                any ->
                    member
                        .cluster()
                        .self()
                        .equals(any.getCluster().getLocalMember().getAttribute("__vertx.nodeId")))
            .findFirst()
            .orElseThrow();
    instance.getLifecycleService().terminate();
    // Its part of the bus too; it complains that it can no longer leave.
    var unused = member.cluster().vertx().close().otherwiseEmpty();
  }

  @Test
  void whatThisNodeDoesNotServeIsAskedOfAnother() {
    Member asker = join(11);
    Member server = join(12);
    server.bus().serve(CHUNK, ask -> Future.succeededFuture(chunk(7)));

    Chunk answer = awaitAnswer(asker, CHUNK);

    assertEquals(chunk(7), answer);
  }

  @Test
  void whatThisNodeServesIsAskedOfItself() {
    Member asker = join(11);
    Member other = join(12);
    asker.bus().serve(CHUNK, ask -> Future.succeededFuture(chunk(1)));
    other.bus().serve(CHUNK, ask -> Future.succeededFuture(chunk(2)));

    for (int i = 0; i < 50; i++) {
      assertEquals(chunk(1), asker.bus().request(CHUNK, new NoArguments()).await());
      assertEquals(chunk(2), other.bus().request(CHUNK, new NoArguments()).await());
    }
  }

  @Test
  void aSlowAnswerIsWaitedFor() {
    Member asker = join(11);
    Member server = join(12);
    BlockingQueue<NoArguments> asked = new LinkedBlockingQueue<>();
    server
        .bus()
        .serve(
            CHUNK,
            ask -> {
              asked.add(ask);
              return server
                  .cluster()
                  .vertx()
                  .timer(SLOW_MILLIS, TimeUnit.MILLISECONDS)
                  .map(chunk(3));
            });

    Chunk answer = awaitAnswer(asker, CHUNK);

    assertEquals(chunk(3), answer);
    assertEquals(1, asked.size());
  }

  @Test
  void failuresReachTheOtherNodeAsTheyAre() {
    Member asker = join(11);
    Member server = join(12);
    server.bus().serve(CHUNK, ask -> Future.succeededFuture(chunk(1)));
    server.bus().serve(ONCE, ask -> Future.failedFuture(new IllegalStateException("secret")));
    Address<NoArguments, Chunk> away =
        new Address<>("test.away", NoArguments.class, Chunk.class, Duration.ofSeconds(60));
    server.bus().serve(away, ask -> Future.failedFuture(new Unavailable("The database is away.")));
    Chunk registered = awaitAnswer(asker, CHUNK);

    RuntimeException bug =
        assertThrows(
            RuntimeException.class, () -> asker.bus().request(ONCE, new NoArguments()).await());
    Unavailable unavailable =
        assertThrows(Unavailable.class, () -> asker.bus().request(away, new NoArguments()).await());

    assertNotEquals(null, registered);
    assertFalse(bug instanceof Unavailable);
    assertFalse(bug.getMessage().contains("secret"), bug.getMessage());
    assertEquals("The database is away.", unavailable.getMessage());
  }

  private static Result result(int bytes, int seed) {
    byte[] text = new byte[bytes];
    new Random(seed).nextBytes(text);
    RawJson data = new RawJson(ByteBuffer.wrap(text), 3);
    Envelope envelope =
        new Envelope(new ResultKey("t", "b", "r" + seed), "m", null, null, List.of());
    return new Result(
        Stage.RAW, envelope, data, Digest.of(data.bytes()), Instant.ofEpochMilli(1_000), false);
  }

  @Test
  void largeDataCrossesInPartsAsItIs() {
    Member asker = join(11);
    Member server = join(12);
    BlockingQueue<Result> asked = new LinkedBlockingQueue<>();
    server
        .bus()
        .serve(
            RECEIVED,
            result -> {
              asked.add(result);
              return Future.succeededFuture(chunk(4));
            });
    Result small = result(1_000, 1);
    Result large = result(5_000_001, 2);

    Chunk unused = awaitAnswer(asker, RECEIVED, small);
    List<Future<Chunk>> answers =
        IntStream.range(0, 4).mapToObj(i -> asker.bus().request(RECEIVED, large)).toList();

    answers.forEach(answer -> assertEquals(chunk(4), answer.await()));
    // On a busy machine a question may be asked twice, and is received later then.
    List<RawJson> data = asked.stream().map(Result::data).distinct().toList();
    assertEquals(List.of(small.data(), large.data()), data);
  }

  @Test
  void aBatchWithLargeAndSmallDataCrossesInPartsAsItIs() {
    Member asker = join(11);
    Member server = join(12);
    AtomicReference<ResultBatch> asked = new AtomicReference<>();
    server
        .bus()
        .serve(
            BATCH,
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

    Chunk unused = awaitAnswer(asker, BATCH, batch);

    assertEquals(batch, asked.get());
  }

  @Test
  void whatServingLargeDataFailsWithReachesTheAsker() {
    Member asker = join(11);
    Member server = join(12);
    AtomicReference<Throwable> failure =
        new AtomicReference<>(new Unavailable("The disk is full."));
    server
        .bus()
        .serve(
            RECEIVED,
            result ->
                result.dataBytes() < 10
                    ? Future.succeededFuture(chunk(1))
                    : Future.failedFuture(failure.get()));
    Chunk unused = awaitAnswer(asker, RECEIVED, result(1, 1));
    Result large = result(3_000_000, 2);

    Unavailable unavailable =
        assertThrows(Unavailable.class, () -> asker.bus().request(RECEIVED, large).await());
    failure.set(new OutOfMemoryError("made by a test"));
    RuntimeException bug =
        assertThrows(RuntimeException.class, () -> asker.bus().request(RECEIVED, large).await());

    assertEquals("The disk is full.", unavailable.getMessage());
    assertFalse(bug instanceof Unavailable);
    server.bus().stopServing(Duration.ofDays(1)).await();
  }

  @Test
  void aKilledNodeThatTookLargeDataIsReplacedByAnother() throws InterruptedException {
    Member asker = join(11);
    Result large = result(2_000_000, 7);
    Swallowing<Result> servers = new Swallowing<>(RECEIVED, large, join(12), join(13));
    servers.awaitBoth(asker);

    Future<Chunk> answer = servers.askAndBeSwallowed(asker);
    kill(servers.swallower());

    assertEquals(chunk(9), answer.await());
    assertEquals(large.data(), servers.lastQuestion().data());
  }

  @Test
  void whatNoNodeServesIsUnavailable() {
    Member asker = join(11);

    Unavailable failure =
        assertThrows(
            Unavailable.class, () -> asker.bus().request(CHUNK, new NoArguments()).await());

    assertEquals("No node serves this operation yet.", failure.getMessage());
  }

  @Test
  void aQuestionThatAKilledNodeTookIsAskedAgain() throws InterruptedException {
    Member asker = join(11);
    Swallowing<NoArguments> servers =
        new Swallowing<>(CHUNK, new NoArguments(), join(12), join(13));
    servers.awaitBoth(asker);

    Future<Chunk> answer = servers.askAndBeSwallowed(asker);
    kill(servers.swallower());

    assertEquals(chunk(9), answer.await());
  }

  @Test
  void whatMayNotBeDoneTwiceIsNotAskedAgain() throws InterruptedException {
    Member asker = join(11);
    Swallowing<NoArguments> servers = new Swallowing<>(ONCE, new NoArguments(), join(12), join(13));
    servers.awaitBoth(asker);

    Future<Chunk> answer = servers.askAndBeSwallowed(asker);
    kill(servers.swallower());

    Unavailable failure = assertThrows(Unavailable.class, answer::await);
    assertEquals("The operation timed out; its outcome is not known.", failure.getMessage());
  }

  @Test
  void whatIsAskedAgainIsReceivedLater() throws InterruptedException {
    Member asker = join(11);
    RawJson data = RawJson.of("1");
    Envelope envelope = new Envelope(new ResultKey("t", "b", "r"), null, null, null, List.of());
    Result result =
        new Result(
            Stage.RAW, envelope, data, Digest.of(data.bytes()), Instant.ofEpochMilli(1_000), false);
    Swallowing<Result> servers = new Swallowing<>(RECEIVED, result, join(12), join(13));
    servers.awaitBoth(asker);

    Future<Chunk> answer = servers.askAndBeSwallowed(asker);
    kill(servers.swallower());

    assertEquals(chunk(9), answer.await());
    Result again = servers.lastQuestion();
    assertTrue(again.receivedAt().isAfter(result.receivedAt()), () -> "" + again.receivedAt());
    assertEquals(result.digest(), again.digest());
  }

  /** Nodes that answer, but one question, which the first to get it keeps for ever. */
  private static final class Swallowing<Q> {
    private final Address<Q, Chunk> address;
    private final Q question;
    private final AtomicReference<Q> last = new AtomicReference<>();
    private final Set<Member> answered = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean swallows = new AtomicBoolean();
    private final BlockingQueue<Member> swallowers = new LinkedBlockingQueue<>();

    Swallowing(Address<Q, Chunk> address, Q question, Member... servers) {
      this.address = address;
      this.question = question;
      for (Member server : servers) {
        server.bus().serve(address, asked -> answer(server, asked));
      }
    }

    private Future<Chunk> answer(Member server, Q asked) {
      last.set(asked);
      if (swallows.compareAndSet(true, false)) {
        swallowers.add(server);
        return Promise.<Chunk>promise().future();
      }
      answered.add(server);
      return Future.succeededFuture(chunk(9));
    }

    void awaitBoth(Member asker) {
      while (answered.size() < 2) {
        Chunk unused = awaitAnswer(asker, address, question);
      }
    }

    Future<Chunk> askAndBeSwallowed(Member asker) {
      swallows.set(true);
      return asker.bus().request(address, question);
    }

    Q lastQuestion() {
      return last.get();
    }

    Member swallower() throws InterruptedException {
      return Objects.requireNonNull(
          swallowers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "nobody took the question");
    }
  }
}
