package org.benchmarkresults.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.Hazelcast;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
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
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.Stage;

/**
 * Members of one cluster on addresses of loopback, each with a Vert.x and a Hazelcast of its own.
 */
final class ClusterMembers implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  record Member(Cluster cluster, Bus bus) {}

  private final List<Member> members = new ArrayList<>();
  private final List<Integer> ports = FreePorts.find(2);
  private final int port = ports.get(0);
  private final int busPort = ports.get(1);

  Member join(int host) {
    List<String> hosts = List.of("127.0.0.11", "127.0.0.12", "127.0.0.13");
    Config.Cluster config =
        new Config.Cluster(true, "test-" + port, "127.0.0." + host, port, busPort, hosts, "");
    Cluster cluster =
        Cluster.join(config, List.of("http"), "0.1.0", Vertx.builder(), new VertxOptions()).await();
    Member member = new Member(cluster, new Bus(cluster.vertx(), cluster));
    members.add(member);
    return member;
  }

  @Override
  public void close() {
    // A killed member cannot leave the cluster.
    members.forEach(member -> member.cluster().vertx().close().otherwiseEmpty().await());
  }

  /** Ends a member as a killed process ends, without leaving the cluster. */
  static void kill(Member member) {
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

  /** A registration takes a moment to be known everywhere. */
  static Chunk awaitAnswer(Member asker, Address<NoArguments, Chunk> address) {
    return awaitAnswer(asker, address, new NoArguments());
  }

  static <Q> Chunk awaitAnswer(Member asker, Address<Q, Chunk> address, Q question) {
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

  static Chunk chunk(int first) {
    return new Chunk(ByteBuffer.wrap(new byte[] {(byte) first, 0, -1}));
  }

  static Result result(int bytes, int seed) {
    byte[] text = new byte[bytes];
    new Random(seed).nextBytes(text);
    RawJson data = new RawJson(ByteBuffer.wrap(text), 3);
    Envelope envelope =
        new Envelope(new ResultKey("t", "b", "r" + seed), "m", null, null, List.of());
    return new Result(
        Stage.RAW, envelope, data, Digest.of(data.bytes()), Instant.ofEpochMilli(1_000), false);
  }
}
