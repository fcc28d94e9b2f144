package org.benchmarkresults.service.cluster;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.FreePorts;
import org.benchmarkresults.backend.ServiceProcess;

/** Nodes of one cluster, each in a process and on an address of loopback of its own. */
final class ClusterNodes implements AutoCloseable {
  /** How the nodes find each other. */
  enum Discovery {
    MEMBERS,

    /** The discovery of Kubernetes: a name that resolves to all nodes. */
    SERVICE_DNS
  }

  private static final List<Integer> HOSTS = List.of(11, 12, 13);
  private static final String SERVICE = "benchmark-results-nodes.test";

  private final Database database;
  private final Path folder;
  private final List<Integer> ports = FreePorts.find(2 + HOSTS.size());
  private final int clusterPort = ports.get(0);
  private final int busPort = ports.get(1);
  private final Map<Integer, ServiceProcess> nodes = new HashMap<>();
  private Discovery discovery = Discovery.MEMBERS;

  ClusterNodes(Database database, Path folder) {
    this.database = database;
    this.folder = folder;
  }

  void discover(Discovery how) {
    discovery = how;
  }

  /** A client of a node that speaks HTTP. */
  Client client(int host, Vertx vertx) {
    return new Client(vertx, portOf(host));
  }

  int portOf(int host) {
    return ports.get(2 + HOSTS.indexOf(host));
  }

  /** The port of the node that speaks HTTP. */
  int httpPort() {
    return portOf(HOSTS.get(0));
  }

  /**
   * Comes back at once.
   *
   * @param host the last number of its address
   */
  void start(int host, String roles) {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("ROLES", roles);
    environment.put("HTTP_PORT", Integer.toString(portOf(host)));
    environment.put("CLUSTER_ENABLED", "true");
    environment.put("CLUSTER_NAME", "test-" + clusterPort);
    environment.put("CLUSTER_HOST", address(host));
    environment.put("CLUSTER_PORT", Integer.toString(clusterPort));
    environment.put("CLUSTER_BUS_PORT", Integer.toString(busPort));
    String option = "-Dnothing=here";
    if (discovery == Discovery.MEMBERS) {
      environment.put(
          "CLUSTER_MEMBERS",
          HOSTS.stream().map(ClusterNodes::address).collect(Collectors.joining(",")));
    } else {
      environment.put("CLUSTER_SERVICE_DNS", SERVICE);
      option = "-Djdk.net.hosts.file=" + hostsFile();
    }
    nodes.put(host, ServiceProcess.start(environment, log(host), option));
  }

  private static String address(int host) {
    return "127.0.0." + host;
  }

  private Path hostsFile() {
    List<String> lines = HOSTS.stream().map(host -> address(host) + " " + SERVICE).toList();
    try {
      return Files.write(folder.resolve("hosts"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log(int host) {
    return folder.resolve(host + ".log");
  }

  void kill(int host) {
    Objects.requireNonNull(nodes.remove(host)).kill();
  }

  /** Comes back when it has stopped. */
  void stop(int host) {
    Objects.requireNonNull(nodes.remove(host)).stop();
  }

  /** The logs of the nodes, for a test that failed. */
  String logs() {
    StringBuilder all = new StringBuilder();
    for (int host : HOSTS) {
      try {
        all.append("\n--- ").append(host).append('\n').append(Files.readString(log(host)));
      } catch (IOException e) {
        all.append(e);
      }
    }
    return all.toString();
  }

  @Override
  public void close() {
    nodes.values().forEach(ServiceProcess::kill);
  }
}
