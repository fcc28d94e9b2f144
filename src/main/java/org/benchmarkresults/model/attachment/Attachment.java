package org.benchmarkresults.model.attachment;

import java.time.Instant;
import org.benchmarkresults.model.result.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A stored attachment, without its bytes.
 *
 * @param file its name, unique among the attachments of its result
 * @param size in bytes
 * @param digest of its bytes
 * @param createdAt when it was stored, to the millisecond
 * @param createdBy the caller that stored it, as in the audit log; null when that is not known
 */
public record Attachment(
    String file,
    String mediaType,
    long size,
    Digest digest,
    Instant createdAt,
    @Nullable String createdBy) {}
