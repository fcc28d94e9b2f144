package org.benchmarkresults.model.retention;

import org.benchmarkresults.model.result.ResultSummary;
import org.jspecify.annotations.Nullable;

/** The outcome of restoring a deleted result. */
public sealed interface RestoreOutcome {
  /** The result is restored, with its earlier versions. */
  record Restored(ResultSummary summary) implements RestoreOutcome {}

  /** No deleted result has the name. */
  record NothingDeleted() implements RestoreOutcome {}

  /**
   * Another result has been saved under the name since; nothing was restored.
   *
   * @param version of that result; null when the caller may not see it
   */
  record NameInUse(@Nullable Integer version) implements RestoreOutcome {}
}
