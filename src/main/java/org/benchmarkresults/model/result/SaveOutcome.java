package org.benchmarkresults.model.result;

import java.util.List;

/**
 * The outcome of saving a result. Sealed, so that every place that answers a client is checked by
 * the compiler.
 */
public sealed interface SaveOutcome {
  /** Written now, as the first version. */
  record Stored() implements SaveOutcome {}

  /**
   * The same data with the same envelope was there already; nothing was written.
   *
   * @param version the one that holds it
   * @param currentVersion the newest, which a reader of the name gets; 0 when a node of an earlier
   *     release answered, which did not tell
   */
  record AlreadyStored(int version, int currentVersion) implements SaveOutcome {}

  /**
   * Written now; the earlier versions are kept.
   *
   * @param changed the members of the envelope, and {@code data}, that are not as in the version
   *     before
   */
  record NewVersion(int version, List<String> changed) implements SaveOutcome {
    public NewVersion {
      // A node of an earlier release did not tell.
      changed = changed == null ? List.of() : List.copyOf(changed);
    }
  }

  /** Another key makes the same result name; nothing was written. */
  record NameTaken(ResultKey holder) implements SaveOutcome {}

  /** There is other data under the key, and the sender asked for no new version. */
  record VersionRefused(int version, Digest digest) implements SaveOutcome {}

  /**
   * Part of a batch: it is not known whether the result was written; it may be sent again.
   *
   * @param reason a sentence for the client, which names nothing of the inside
   */
  record NotKnown(String reason) implements SaveOutcome {}

  /** Part of a batch: not written because of a bug, which is in the log. */
  record Failed() implements SaveOutcome {}
}
