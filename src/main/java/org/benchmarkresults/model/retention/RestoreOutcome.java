package org.benchmarkresults.model.retention;

import org.benchmarkresults.model.result.ResultSummary;
import org.jspecify.annotations.Nullable;

/** How restoring a deleted result ended. */
public sealed interface RestoreOutcome {
  /** It is there again, with its earlier versions. */
  record Restored(ResultSummary summary) implements RestoreOutcome {}

  /** No deleted result has the name. */
  record NothingDeleted() implements RestoreOutcome {}

  /**
   * Another result was saved under the name since; nothing was done.
   *
   * @param version of that result; null when it is not one that was asked for
   */
  record NameInUse(@Nullable Integer version) implements RestoreOutcome {}
}
