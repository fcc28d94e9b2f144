package org.benchmarkresults.model.derivation;

import java.util.Map;
import org.benchmarkresults.model.search.PageKey;
import org.jspecify.annotations.Nullable;

/**
 * Requests the next results without observations. One node asks at a time: the first that asks
 * holds a lease, which each further request renews.
 *
 * @param node identifies the node that asks
 * @param catalog identifies the adapters that the node knows
 * @param adapters the versions of these adapters, by name
 * @param done the position of the page whose results this node has finished; null for none
 * @param limit the most results of the page, at least 1
 */
public record PendingQuery(
    String node, String catalog, Map<String, Integer> adapters, @Nullable PageKey done, int limit) {
  public PendingQuery {
    adapters = Map.copyOf(adapters);
  }
}
