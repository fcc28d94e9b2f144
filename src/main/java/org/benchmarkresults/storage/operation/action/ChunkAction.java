package org.benchmarkresults.storage.operation.action;

import io.vertx.core.Future;
import java.util.List;
import org.benchmarkresults.model.operation.BulkProgress;

/** An action on the items of one chunk. Doing it again is harmless. */
public interface ChunkAction {
  /**
   * Succeeds with what became of the items once that is safe; fails with {@code Unavailable} when
   * it is not known, after which the chunk is done again.
   *
   * @param again whether a crash or an outage may have cut this chunk short before
   */
  Future<BulkProgress> run(StoredBulk bulk, List<Item> items, boolean again);
}
