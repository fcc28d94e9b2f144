package org.benchmarkresults.model.attachment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The precondition of a change (RFC 9110, section 13.1).
 *
 * @param digests of {@code If-Match}, in hex: the attachment must have one of them; null without
 *     the header
 * @param any whether {@code If-Match} is an asterisk: the attachment must exist
 * @param absent whether {@code If-None-Match} is an asterisk: the attachment must not exist
 */
public record AttachmentCondition(@Nullable List<String> digests, boolean any, boolean absent) {
  public AttachmentCondition {
    digests = digests == null ? null : List.copyOf(digests);
  }

  /** Whether a change names what it expects to be there. */
  public boolean isGiven() {
    return any || digests != null;
  }

  /** Whether the change of an attachment is allowed; it may be null for none. */
  public boolean allows(@Nullable Attachment current) {
    if (absent && current != null) {
      return false;
    }
    return !isGiven()
        || (current != null
            && (any || (digests != null && digests.contains(current.digest().hex()))));
  }
}
