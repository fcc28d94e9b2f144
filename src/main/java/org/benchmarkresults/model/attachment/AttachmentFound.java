package org.benchmarkresults.model.attachment;

/** The outcome of looking up an attachment. */
public sealed interface AttachmentFound {
  /**
   * It is there.
   *
   * @param upload names its chunks
   */
  record There(Attachment attachment, String upload) implements AttachmentFound {}

  record NotThere(AttachmentRefusal refusal) implements AttachmentFound {}
}
