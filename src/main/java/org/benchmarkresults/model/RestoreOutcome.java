package org.benchmarkresults.model;

/** How restoring a deleted result ended. */
public sealed interface RestoreOutcome {
  /** It is there again, with its earlier versions. */
  record Restored(ResultSummary summary) implements RestoreOutcome {}

  /** No deleted result has the name. */
  record NothingDeleted() implements RestoreOutcome {}

  /** Another result was saved under the name since; nothing was done. */
  record NameInUse(int version) implements RestoreOutcome {}
}
