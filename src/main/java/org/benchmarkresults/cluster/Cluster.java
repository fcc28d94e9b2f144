package org.benchmarkresults.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.benchmarkresults.bus.Peers;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.node.NodeList;
import org.benchmarkresults.model.node.NodeList.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The membership of this node in the cluster. Thread-safe; ends with its Vert.x. */
public final class Cluster implements Peers {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  /** The member attribute in which Vert.x keeps the node id. */
  private static final String NODE_ID = "__vertx.nodeId";

  private final Vertx vertx;
  private final HazelcastInstance hazelcast;
  private final String self;

  private Cluster(Vertx vertx, HazelcastClusterManager manager) {
    this.vertx = vertx;
    hazelcast = manager.getHazelcastInstance();
    self = manager.getNodeId();
    warnOfOpenPorts();
    onLeave(node -> LOG.atWarn().addKeyValue("node", node).log("a node left the cluster"));
  }

  /** Succeeds when this node has joined or formed the cluster; fails when it cannot listen. */
  public static Future<Cluster> join(
      Config.Cluster config,
      List<String> roles,
      String version,
      VertxBuilder builder,
      VertxOptions options) {
    HazelcastClusterManager manager =
        new HazelcastClusterManager(HazelcastSettings.of(config, roles, version));
    options.getEventBusOptions().setHost(config.host()).setPort(config.busPort());
    return builder
        .with(options)
        .withClusterManager(manager)
        .buildClustered()
        .map(vertx -> new Cluster(vertx, manager));
  }

  /** Hazelcast has passwords and TLS between members only in its paid edition. */
  private void warnOfOpenPorts() {
    Address address = hazelcast.getCluster().getLocalMember().getAddress();
    if (!address.getHost().startsWith("127.")) {
      LOG.warn(
          "the cluster ports of {} have no authentication; allow connections from other nodes only",
          address.getHost());
    }
  }

  public Vertx vertx() {
    return vertx;
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public boolean isMember(String node) {
    return hazelcast.getCluster().getMembers().stream()
        .anyMatch(member -> node.equals(member.getAttribute(NODE_ID)));
  }

  @Override
  public void onLeave(Consumer<String> left) {
    addListener(node -> {}, left);
  }

  @Override
  public void onJoin(Runnable joined) {
    addListener(node -> joined.run(), node -> {});
  }

  private void addListener(Consumer<String> joined, Consumer<String> left) {
    var unused =
        hazelcast
            .getCluster()
            .addMembershipListener(
                new MembershipListener() {
                  @Override
                  public void memberAdded(MembershipEvent event) {
                    joined.accept(id(event));
                  }

                  @Override
                  public void memberRemoved(MembershipEvent event) {
                    left.accept(id(event));
                  }
                });
  }

  private static String id(MembershipEvent event) {
    return Objects.toString(event.getMember().getAttribute(NODE_ID));
  }

  /** Whether this node is in the cluster; it may be the only one. */
  public boolean isJoined() {
    return hazelcast.getLifecycleService().isRunning();
  }

  /** The oldest node first. */
  public NodeList nodes() {
    return new NodeList(hazelcast.getCluster().getMembers().stream().map(this::node).toList());
  }

  private Node node(Member member) {
    String id = Objects.toString(member.getAttribute(NODE_ID));
    return new Node(
        id,
        member.getAddress().getHost(),
        List.of(attribute(member, HazelcastSettings.ROLES).split(",")),
        attribute(member, HazelcastSettings.VERSION),
        id.equals(self));
  }

  private static String attribute(Member member, String name) {
    return Objects.requireNonNullElse(member.getAttribute(name), "");
  }
}
