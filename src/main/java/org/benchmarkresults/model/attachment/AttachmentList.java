package org.benchmarkresults.model.attachment;

import java.util.List;

/**
 * The attachments of a result.
 *
 * @param isFound whether the result exists
 * @param attachments in the order of their names
 */
public record AttachmentList(boolean isFound, List<Attachment> attachments) {
  public AttachmentList {
    attachments = List.copyOf(attachments);
  }
}
