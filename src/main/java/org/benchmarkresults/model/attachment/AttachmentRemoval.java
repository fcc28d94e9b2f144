package org.benchmarkresults.model.attachment;

/** Removes one attachment. */
public record AttachmentRemoval(AttachmentRef ref, AttachmentCondition condition) {}
