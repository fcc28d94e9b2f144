package org.benchmarkresults.model.node;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.node.NodeList.Node;
import org.jspecify.annotations.Nullable;

/**
 * What the health room knows of this node.
 *
 * @param nodes those of the cluster, this one among them
 * @param checkedAt when the database was last asked; null before the first time
 */
public record HealthReport(
    DatabaseState database,
    @Nullable Instant checkedAt,
    Instant startedAt,
    String version,
    List<Node> nodes) {
  public HealthReport {
    // A node of an earlier release does not tell them.
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
  }
}
