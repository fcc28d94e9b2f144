package org.benchmarkresults.model;

/** How looking for one result ended. */
public sealed interface FindOutcome {
  /** It is there. */
  record Found(ResultSummary summary, StoredData data) implements FindOutcome {}

  /** There is no such result or version. */
  record NotFound() implements FindOutcome {}
}
