package org.benchmarkresults.model.search;

import java.util.List;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.jspecify.annotations.Nullable;

/**
 * A page of the results of one run.
 *
 * @param pairs none when there is no result behind the position asked for
 * @param next the result name behind which the next page begins; null when this is the last
 */
public record RunPage(List<Pair> pairs, @Nullable String next) {
  public RunPage {
    pairs = List.copyOf(pairs);
  }

  /** The results of one name: what the tool wrote beside what a converter made of it. */
  public record Pair(String resultName, @Nullable Row rawInput, @Nullable Row standardizedOutput) {}
}
