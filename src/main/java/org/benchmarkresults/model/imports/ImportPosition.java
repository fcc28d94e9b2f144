package org.benchmarkresults.model.imports;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far an import has come: everything up to there is safe or was refused.
 *
 * @param after the position of the last record that was dealt with, as an {@link ImportBatch} gave
 *     it; null before the first
 * @param totals of all runs up to there
 */
public record ImportPosition(
    ImportCollection collection, @Nullable String after, ImportTotals totals) {
  public ImportPosition {
    // Messages of earlier releases have none.
    totals = Objects.requireNonNullElse(totals, ImportTotals.NONE);
  }

  /** The start. */
  public ImportPosition(ImportCollection collection) {
    this(collection, null, ImportTotals.NONE);
  }
}
