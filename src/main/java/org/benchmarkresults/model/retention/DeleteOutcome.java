package org.benchmarkresults.model.retention;

import java.time.Instant;
import org.benchmarkresults.model.result.Digest;
import org.jspecify.annotations.Nullable;

/** The outcome of deleting a result. */
public sealed interface DeleteOutcome {
  /**
   * The result is deleted.
   *
   * @param restorableUntil when it may be purged; null for never
   */
  record Deleted(Instant deletedAt, @Nullable Instant restorableUntil) implements DeleteOutcome {}

  /** There is no such result. */
  record NotThere() implements DeleteOutcome {}

  /** The precondition failed: the newest version is another one, and nothing was deleted. */
  record OtherVersion(int version, Digest digest) implements DeleteOutcome {}
}
