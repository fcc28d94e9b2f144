package org.benchmarkresults.model.imports;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint of an import: every record up to it is stored or was refused.
 *
 * @param after {@link ImportBatch#next()} of the last processed batch; null before the first
 * @param totals of all runs
 */
public record ImportPosition(
    ImportCollection collection, @Nullable String after, ImportTotals totals) {
  public ImportPosition {
    // Nodes of an earlier release send none.
    totals = Objects.requireNonNullElse(totals, ImportTotals.NONE);
  }

  /** The start of a collection. */
  public ImportPosition(ImportCollection collection) {
    this(collection, null, ImportTotals.NONE);
  }
}
