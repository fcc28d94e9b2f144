package org.benchmarkresults.model.node;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.node.NodeList.Node;
import org.jspecify.annotations.Nullable;

/**
 * The health of this node.
 *
 * @param nodes all nodes of the cluster
 * @param checkedAt the last check of the database; null before the first
 */
public record HealthReport(
    DatabaseState database,
    @Nullable Instant checkedAt,
    Instant startedAt,
    String version,
    List<Node> nodes) {
  public HealthReport {
    // Nodes of an earlier release send none.
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
  }
}
