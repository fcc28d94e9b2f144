package org.benchmarkresults.model.attachment;

/** The outcome of the removal of an attachment. */
public sealed interface RemovalOutcome {
  record Removed(Attachment attachment) implements RemovalOutcome {}

  record RemovalRefused(AttachmentRefusal refusal) implements RemovalOutcome {}
}
