package org.benchmarkresults.storage.embedded.rows;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/** Applies projections to documents. */
final class Projections {
  private Projections() {}

  /** Whether the projection may need the field. */
  static boolean mayHold(@Nullable Document projection, String member) {
    if (projection == null || projection.isEmpty() || projection.containsKey(member)) {
      return true;
    }
    return projection.entrySet().stream()
            .noneMatch(named -> !named.getKey().equals(IdIndex.ID) && isPlain(named.getValue()))
        && !isIdAlone(projection);
  }

  private static boolean isIdAlone(Document projection) {
    return projection.size() == 1
        && projection.containsKey(IdIndex.ID)
        && isPlain(projection.get(IdIndex.ID));
  }

  private static boolean isPlain(@Nullable Object value) {
    return Utils.isTrue(value) && !(value instanceof Document);
  }
}
