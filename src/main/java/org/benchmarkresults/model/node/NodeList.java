package org.benchmarkresults.model.node;

import java.util.List;

/** The nodes of the cluster, this one among them; a node alone is the only one. */
public record NodeList(List<Node> nodes) {
  public NodeList {
    nodes = List.copyOf(nodes);
  }

  /**
   * One running service.
   *
   * @param id its own for as long as it runs
   * @param address where other nodes reach it; empty for a node alone
   * @param roles what it does, such as {@code http}
   * @param version of the service
   * @param self whether it is the one that tells this
   */
  public record Node(String id, String address, List<String> roles, String version, boolean self) {
    public Node {
      roles = List.copyOf(roles);
    }
  }
}
