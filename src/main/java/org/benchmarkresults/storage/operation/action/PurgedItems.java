package org.benchmarkresults.storage.operation.action;

import io.vertx.core.Future;
import java.util.List;

/** Keeps which items of a chunk were purged, to look at these alone again. */
@FunctionalInterface
public interface PurgedItems {
  /** Replaces the items of a chunk by those that were purged. */
  Future<Void> keep(String operation, int chunk, List<Item> purged);
}
