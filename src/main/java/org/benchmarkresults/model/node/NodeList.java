package org.benchmarkresults.model.node;

import java.util.List;

/** All nodes of the cluster; a single node is the only one. */
public record NodeList(List<Node> nodes) {
  public NodeList {
    nodes = List.copyOf(nodes);
  }

  /**
   * A running instance of the service.
   *
   * @param id new at each start
   * @param address the host that other nodes connect to; empty for a single node
   * @param roles such as {@code http}
   * @param version of the service
   * @param self whether it is the sender of this list
   */
  public record Node(String id, String address, List<String> roles, String version, boolean self) {
    public Node {
      roles = List.copyOf(roles);
    }
  }
}
