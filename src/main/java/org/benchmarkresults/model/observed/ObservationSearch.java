package org.benchmarkresults.model.observed;

import java.util.Objects;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.jspecify.annotations.Nullable;

/**
 * Requests a page of the observations that match a filter.
 *
 * @param filter its fields are those of {@link ObservationField}
 * @param crossChecks whether observations that only check others are rows too
 * @param excluded whether observations of excluded results are rows too
 * @param reading only observations of this reading of a result; null for all
 * @param after where the page before ended; null for the first
 * @param limit the most rows, at least 1; a page may end earlier and still have a next one
 */
public record ObservationSearch(
    Filter filter,
    ObservationSort sort,
    boolean crossChecks,
    Excluded excluded,
    @Nullable ReadingRef reading,
    @Nullable PageKey after,
    int limit) {
  /** Whether observations of excluded results are rows. */
  public enum Excluded {
    NO,
    ALSO,
    ONLY
  }

  public ObservationSearch {
    // Nodes of earlier releases send nothing.
    excluded = Objects.requireNonNullElse(excluded, Excluded.ALSO);
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }

  public ObservationSearch from(@Nullable PageKey key, int most) {
    return new ObservationSearch(filter, sort, crossChecks, excluded, reading, key, most);
  }
}
