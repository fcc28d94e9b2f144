package org.benchmarkresults.cluster;

import static java.util.Map.entry;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.config.Config;

/** The configuration of Hazelcast; docs/decisions.md has the figures behind the times. */
final class HazelcastSettings {
  static final String ROLES = "roles";

  static final String VERSION = "version";

  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          entry("hazelcast.phone.home.enabled", "false"),
          // Vert.x closes Hazelcast, after the active requests.
          entry("hazelcast.shutdownhook.enabled", "false"),
          entry("hazelcast.socket.bind.any", "false"),
          entry("hazelcast.logging.type", "slf4j"),
          // The monitor logs a kilobyte every 20 s while the machine is loaded.
          entry("hazelcast.health.monitoring.level", "OFF"),
          entry("hazelcast.wait.seconds.before.join", "1"),
          // The defaults grow with the processors of the machine, not of the container.
          entry("hazelcast.operation.thread.count", "2"),
          entry("hazelcast.operation.generic.thread.count", "2"),
          entry("hazelcast.io.input.thread.count", "1"),
          entry("hazelcast.io.output.thread.count", "1"),
          entry("hazelcast.event.thread.count", "2"),
          entry("hazelcast.clientengine.thread.count", "2"),
          entry("hazelcast.clientengine.query.thread.count", "2"),
          entry("hazelcast.clientengine.blocking.thread.count", "2"),
          // A frozen node is removed after 10 s; the default is a minute.
          entry("hazelcast.heartbeat.interval.seconds", "2"),
          entry("hazelcast.max.no.heartbeat.seconds", "10"),
          // It rejoins as soon; the default is five minutes.
          entry("hazelcast.merge.first.run.delay.seconds", "10"),
          entry("hazelcast.merge.next.run.delay.seconds", "10"));

  private HazelcastSettings() {}

  static com.hazelcast.config.Config of(Config.Cluster config, List<String> roles, String version) {
    // Contains the maps that Vert.x needs.
    com.hazelcast.config.Config hazelcast = ConfigUtil.loadConfig();
    hazelcast.setClusterName(config.name());
    PROPERTIES.forEach(hazelcast::setProperty);
    hazelcast.setProperty("hazelcast.local.localAddress", config.host());
    hazelcast.getMemberAttributeConfig().setAttribute(ROLES, String.join(",", roles));
    hazelcast.getMemberAttributeConfig().setAttribute(VERSION, version);
    hazelcast.getSerializationConfig().setJavaSerializationFilterConfig(deserializable());
    AdvancedNetworkConfig network = hazelcast.getAdvancedNetworkConfig();
    // With only a member endpoint there is none for clients, REST or memcached.
    network.setEnabled(true);
    ServerSocketEndpointConfig members = new ServerSocketEndpointConfig();
    members.setPort(config.port()).setPortAutoIncrement(false);
    network.setMemberEndpointConfig(members);
    discover(network.getJoin(), config);
    return hazelcast;
  }

  /** Limits Java deserialization to the classes of Hazelcast and of exceptions, against gadgets. */
  private static JavaSerializationFilterConfig deserializable() {
    ClassFilter allowed =
        new ClassFilter()
            .addPrefixes(
                "com.hazelcast.",
                "io.vertx.spi.cluster.hazelcast.",
                "java.lang.",
                "java.util.",
                "[")
            .addClasses(
                "java.io.EOFException",
                "java.io.IOException",
                "java.io.NotSerializableException",
                "java.io.ObjectStreamException",
                "java.net.ConnectException",
                "java.net.SocketException",
                "java.net.SocketTimeoutException",
                "java.nio.channels.ClosedChannelException");
    ClassFilter refused = new ClassFilter().addPrefixes("java.lang.invoke.", "java.lang.reflect.");
    return new JavaSerializationFilterConfig()
        .setDefaultsDisabled(true)
        .setWhitelist(allowed)
        .setBlacklist(refused);
  }

  private static void discover(JoinConfig join, Config.Cluster config) {
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    if (config.serviceDns().isEmpty()) {
      join.getTcpIpConfig().setEnabled(true).setMembers(config.members());
    } else {
      join.getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", config.serviceDns())
          .setProperty("service-port", Integer.toString(config.port()));
    }
  }
}
