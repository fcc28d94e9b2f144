package org.benchmarkresults.model;

/**
 * How saving a result ended. Sealed, so that every place that answers a client is checked by the
 * compiler.
 */
public sealed interface SaveOutcome {
  /** Written now, as the first version. */
  record Stored() implements SaveOutcome {}

  /** The same data with the same envelope was there already, as this version; nothing was written. */
  record AlreadyStored(int version) implements SaveOutcome {}

  /** Written now; the earlier versions are kept. */
  record NewVersion(int version) implements SaveOutcome {}

  /** Another key makes the same result name; nothing was written. */
  record NameTaken(ResultKey holder) implements SaveOutcome {}

  /** There is other data under the key, and the sender asked for no new version. */
  record VersionRefused(int version, Digest digest) implements SaveOutcome {}

  /**
   * Of one among many: whether it was written is not known, and it may be sent again.
   *
   * @param reason a sentence for the client, which names nothing of the inside
   */
  record NotKnown(String reason) implements SaveOutcome {}

  /** Of one among many: not written, by a mistake of the service that its log tells of. */
  record Failed() implements SaveOutcome {}
}
