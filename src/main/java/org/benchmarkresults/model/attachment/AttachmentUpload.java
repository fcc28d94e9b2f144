package org.benchmarkresults.model.attachment;

/** Names an upload that is given up. */
public record AttachmentUpload(String upload) {}
