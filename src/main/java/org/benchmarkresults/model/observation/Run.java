package org.benchmarkresults.model.observation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a benchmark. A file may hold several: lines, a sweep, rows of a table.
 *
 * @param pointer where the run stands; empty for the whole document
 */
public record Run(
    String pointer,
    @Nullable String model,
    @Nullable String tokenizer,
    @Nullable RunTime time,
    List<Dimension> dimensions) {
  public Run {
    dimensions = List.copyOf(dimensions);
  }
}
