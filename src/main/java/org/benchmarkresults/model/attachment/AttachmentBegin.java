package org.benchmarkresults.model.attachment;

/**
 * Asks whether an attachment may be uploaded, before its bytes are read.
 *
 * @param size in bytes; -1 when it is not known yet
 */
public record AttachmentBegin(
    AttachmentRef ref, AttachmentCondition condition, AttachmentLimits limits, long size) {}
