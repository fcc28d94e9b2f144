package org.benchmarkresults.model.result;

import java.util.List;

/** The outcomes of saving a batch, one for each result, in their order. */
public record BatchOutcome(List<SaveOutcome> outcomes) {
  public BatchOutcome {
    outcomes = List.copyOf(outcomes);
  }
}
