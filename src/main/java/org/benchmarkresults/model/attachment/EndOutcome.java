package org.benchmarkresults.model.attachment;

/** The outcome of an upload. */
public sealed interface EndOutcome {
  /**
   * It is stored.
   *
   * @param replaced whether it took the place of other bytes
   */
  record Attached(Attachment attachment, boolean replaced) implements EndOutcome {}

  /** The same bytes were stored before; nothing was written. */
  record Unchanged(Attachment attachment) implements EndOutcome {}

  record EndRefused(AttachmentRefusal refusal) implements EndOutcome {}
}
