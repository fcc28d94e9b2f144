package org.benchmarkresults.model.observed;

import java.util.List;
import org.benchmarkresults.model.observation.StoredObservation;
import org.benchmarkresults.model.search.PageKey;
import org.jspecify.annotations.Nullable;

/** The outcome of a search for observations. */
public sealed interface ObservationOutcome {
  /**
   * A page.
   *
   * @param next where the next page begins; null when this is the last
   */
  record Page(List<StoredObservation> rows, @Nullable PageKey next) implements ObservationOutcome {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /**
   * No index serves the search, and the scan took too long.
   *
   * @param advice a sentence: which condition makes an index serve it
   */
  record TooCostly(String advice) implements ObservationOutcome {}
}
