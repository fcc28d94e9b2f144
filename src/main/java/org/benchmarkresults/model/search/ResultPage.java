package org.benchmarkresults.model.search;

import java.util.List;
import org.benchmarkresults.model.result.ResultSummary;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next where the next page begins; null when this is the last
 */
public record ResultPage(List<ResultSummary> rows, @Nullable PageKey next) {
  public ResultPage {
    rows = List.copyOf(rows);
  }
}
