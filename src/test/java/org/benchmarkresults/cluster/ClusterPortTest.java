package org.benchmarkresults.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.Serializable;
import java.util.List;
import org.benchmarkresults.backend.FreePorts;
import org.benchmarkresults.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access to the port of the cluster. */
class ClusterPortTest {
  private final List<Integer> ports = FreePorts.find(2);
  private final String name = "test-" + ports.get(0);
  private Cluster cluster;
  private HazelcastInstance hazelcast;

  /** Any class of the class path that no member sends. */
  record Foreign(String text) implements Serializable {}

  @BeforeEach
  void join() {
    Config.Cluster config =
        new Config.Cluster(
            true, name, "127.0.0.11", ports.get(0), ports.get(1), List.of("127.0.0.11"), "");
    cluster =
        Cluster.join(config, List.of("http"), "0.1.0", Vertx.builder(), new VertxOptions()).await();
    hazelcast =
        Hazelcast.getAllHazelcastInstances().stream()
            .filter(any -> any.getConfig().getClusterName().equals(name))
            .findFirst()
            .orElseThrow();
  }

  @AfterEach
  void leave() {
    cluster.vertx().close().await();
  }

  @Test
  void refusesClients() {
    ClientConfig client = new ClientConfig().setClusterName(name);
    client.getNetworkConfig().addAddress("127.0.0.11:" + ports.get(0));
    client
        .getConnectionStrategyConfig()
        .getConnectionRetryConfig()
        .setClusterConnectTimeoutMillis(1);

    assertThrows(IllegalStateException.class, () -> HazelcastClient.newHazelcastClient(client));
    assertTrue(hazelcast.getClientService().getConnectedClients().isEmpty());
  }

  @Test
  void deserializesNoForeignClass() {
    var map = hazelcast.<String, Object>getMap("test");
    map.put("text", "a text");
    map.put("foreign", new Foreign("x"));

    assertEquals("a text", map.get("text"));
    assertThrows(HazelcastSerializationException.class, () -> map.get("foreign"));
  }
}
