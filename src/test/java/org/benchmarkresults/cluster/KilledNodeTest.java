package org.benchmarkresults.cluster;

import static org.benchmarkresults.cluster.ClusterMembers.PATIENCE;
import static org.benchmarkresults.cluster.ClusterMembers.awaitAnswer;
import static org.benchmarkresults.cluster.ClusterMembers.chunk;
import static org.benchmarkresults.cluster.ClusterMembers.kill;
import static org.benchmarkresults.cluster.ClusterMembers.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.benchmarkresults.bus.Address;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.cluster.ClusterMembers.Member;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that a node received which is killed before it replies. */
@Tag("chaos")
class KilledNodeTest {
  private static final Address<NoArguments, Chunk> CHUNK =
      new Address<>("test.chunk", NoArguments.class, Chunk.class, Duration.ofSeconds(60));
  private static final Address<Result, Chunk> RECEIVED =
      new Address<>("test.received", Result.class, Chunk.class, Duration.ofSeconds(60));
  private static final Address<NoArguments, Chunk> ONCE =
      new Address<>("test.once", NoArguments.class, Chunk.class, Duration.ofSeconds(60), false);

  private final ClusterMembers cluster = new ClusterMembers();

  @AfterEach
  void leave() {
    cluster.close();
  }

  @Test
  void aKilledNodeThatTookLargeDataIsReplacedByAnother() throws InterruptedException {
    Member asker = cluster.join(11);
    Result large = result(2_000_000, 7);
    Swallowing<Result> servers =
        new Swallowing<>(RECEIVED, large, cluster.join(12), cluster.join(13));
    servers.awaitBoth(asker);

    Future<Chunk> answer = servers.askAndBeSwallowed(asker);
    kill(servers.swallower());

    assertEquals(chunk(9), answer.await());
    assertEquals(large.data(), servers.lastQuestion().data());
  }

  @Test
  void aQuestionThatAKilledNodeTookIsAskedAgain() throws InterruptedException {
    Member asker = cluster.join(11);
    Swallowing<NoArguments> servers =
        new Swallowing<>(CHUNK, new NoArguments(), cluster.join(12), cluster.join(13));
    servers.awaitBoth(asker);

    Future<Chunk> answer = servers.askAndBeSwallowed(asker);
    kill(servers.swallower());

    assertEquals(chunk(9), answer.await());
  }

  @Test
  void whatMayNotBeDoneTwiceIsNotAskedAgain() throws InterruptedException {
    Member asker = cluster.join(11);
    Swallowing<NoArguments> servers =
        new Swallowing<>(ONCE, new NoArguments(), cluster.join(12), cluster.join(13));
    servers.awaitBoth(asker);

    Future<Chunk> answer = servers.askAndBeSwallowed(asker);
    kill(servers.swallower());

    Unavailable failure = assertThrows(Unavailable.class, answer::await);
    assertEquals("The operation timed out; its outcome is not known.", failure.getMessage());
  }

  @Test
  void whatIsAskedAgainIsReceivedLater() throws InterruptedException {
    Member asker = cluster.join(11);
    RawJson data = RawJson.of("1");
    Envelope envelope = new Envelope(new ResultKey("t", "b", "r"), null, null, null, List.of());
    Result result =
        new Result(
            Stage.RAW, envelope, data, Digest.of(data.bytes()), Instant.ofEpochMilli(1_000), false);
    Swallowing<Result> servers =
        new Swallowing<>(RECEIVED, result, cluster.join(12), cluster.join(13));
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
