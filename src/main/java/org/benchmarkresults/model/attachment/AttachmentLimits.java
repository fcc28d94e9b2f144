package org.benchmarkresults.model.attachment;

/**
 * Limits of the attachments of one result.
 *
 * @param fileBytes largest attachment
 * @param resultBytes most bytes of all attachments together
 * @param count most attachments
 */
public record AttachmentLimits(long fileBytes, long resultBytes, int count) {}
