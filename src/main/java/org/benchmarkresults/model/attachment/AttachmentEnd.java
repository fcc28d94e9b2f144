package org.benchmarkresults.model.attachment;

import org.benchmarkresults.model.result.Digest;

/**
 * Makes an upload, whose chunks are all written, an attachment.
 *
 * @param upload empty when the bytes were only compared with those of the attachment
 * @param chunks how many there are
 * @param digest of all bytes
 */
public record AttachmentEnd(
    AttachmentRef ref,
    AttachmentCondition condition,
    AttachmentLimits limits,
    String upload,
    int chunks,
    long size,
    Digest digest,
    String mediaType) {}
