package org.benchmarkresults.model.result;

import java.util.List;

/** How saving the results of a batch ended, one outcome for each, in their order. */
public record BatchOutcome(List<SaveOutcome> outcomes) {
  public BatchOutcome {
    outcomes = List.copyOf(outcomes);
  }
}
