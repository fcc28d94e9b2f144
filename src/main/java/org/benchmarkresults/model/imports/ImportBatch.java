package org.benchmarkresults.model.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next records of an import, in the order of their {@code _id}.
 *
 * @param next the position of the last record; null at the end, with no rows
 */
public record ImportBatch(List<Imported> rows, @Nullable String next) {
  public ImportBatch {
    rows = List.copyOf(rows);
    if (rows.isEmpty() != (next == null)) {
      throw new IllegalArgumentException("next is " + next + " after " + rows.size() + " rows");
    }
  }
}
