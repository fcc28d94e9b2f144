package org.benchmarkresults.model.retention;

import java.time.Instant;
import org.benchmarkresults.model.result.Digest;
import org.jspecify.annotations.Nullable;

/** How deleting a result ended. */
public sealed interface DeleteOutcome {
  /**
   * Deleted now.
   *
   * @param restorableUntil from when it may be removed for good; null when it never is
   */
  record Deleted(Instant deletedAt, @Nullable Instant restorableUntil) implements DeleteOutcome {}

  /** There is no such result. */
  record NotThere() implements DeleteOutcome {}

  /** It is there in another version than the one that was to be deleted; nothing was done. */
  record OtherVersion(int version, Digest digest) implements DeleteOutcome {}
}
