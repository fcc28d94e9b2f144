package org.benchmarkresults.model.node;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.derivation.DerivationProgress;
import org.benchmarkresults.model.node.NodeList.Node;
import org.jspecify.annotations.Nullable;

/**
 * The health of this node.
 *
 * @param nodes all nodes of the cluster
 * @param observations null before the first count
 * @param checkedAt the last check of the database; null before the first
 */
public record HealthReport(
    DatabaseState database,
    @Nullable Instant checkedAt,
    Instant startedAt,
    String version,
    List<Node> nodes,
    @Nullable DerivationProgress observations) {
  public HealthReport {
    // Nodes of an earlier release send none.
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
  }
}
