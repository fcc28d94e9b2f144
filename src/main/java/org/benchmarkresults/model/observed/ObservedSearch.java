package org.benchmarkresults.model.observed;

import java.util.List;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Search;
import org.jspecify.annotations.Nullable;

/**
 * Requests a page of results by what was observed in them.
 *
 * @param search of the newest versions
 * @param tasks the result has observations of one of them; empty for any
 * @param metrics the result has observations of one of them; empty for any
 */
public record ObservedSearch(Search search, List<String> tasks, List<String> metrics) {
  public ObservedSearch {
    tasks = List.copyOf(tasks);
    metrics = List.copyOf(metrics);
  }

  /** Whether every result of the search is meant. */
  public boolean isOfAll() {
    return tasks.isEmpty() && metrics.isEmpty();
  }

  public ObservedSearch from(@Nullable PageKey key, int most) {
    return new ObservedSearch(search.from(key, most), tasks, metrics);
  }
}
