package org.benchmarkresults.model.attachment;

/** Names one chunk of an attachment, numbered from 0. */
public record AttachmentChunkRef(String upload, int number) {}
