package org.benchmarkresults.model.search;

import java.util.List;
import org.benchmarkresults.model.result.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * Which results a page of a list holds, in which versions.
 *
 * @param next where the next page begins; null when this is the last
 */
public record ResultOutline(List<RowRef> rows, @Nullable PageKey next) {
  public ResultOutline {
    rows = List.copyOf(rows);
  }
}
