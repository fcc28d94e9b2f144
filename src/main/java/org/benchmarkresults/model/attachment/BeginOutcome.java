package org.benchmarkresults.model.attachment;

/** Whether an attachment may be uploaded. */
public sealed interface BeginOutcome {
  /** It may, in chunks under this upload. */
  record Begun(String upload) implements BeginOutcome {}

  /**
   * The attachment exists, and no condition allows to replace it: the bytes are only compared with
   * those that are stored.
   */
  record Existing(Attachment attachment) implements BeginOutcome {}

  record BeginRefused(AttachmentRefusal refusal) implements BeginOutcome {}
}
