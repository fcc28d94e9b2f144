package org.benchmarkresults.model.operation;

/** Requests the latest bulk operations that a caller may see. */
public record BulkQuery(BulkViewer viewer, int limit) {}
