package org.benchmarkresults.model.attachment;

import org.jspecify.annotations.Nullable;

/** The reason why an operation on attachments is refused. */
public sealed interface AttachmentRefusal {
  /** No result has this name, or the caller does not reach it. */
  record NoResult() implements AttachmentRefusal {}

  /** The result has no attachment of this name. */
  record NoFile() implements AttachmentRefusal {}

  /** The attachment exists with other bytes, and the request does not say that it knows them. */
  record ConditionMissing(Attachment current) implements AttachmentRefusal {}

  /**
   * The precondition is not met.
   *
   * @param current null when there is no attachment of this name
   */
  record ConditionFailed(@Nullable Attachment current) implements AttachmentRefusal {}

  /** The result has as many attachments as it may have. */
  record TooMany(int limit) implements AttachmentRefusal {}

  /** The attachments of the result would be larger together than they may be. */
  record TooLarge(long limit) implements AttachmentRefusal {}
}
