package org.benchmarkresults.model.operation;

/** Names a bulk operation for a caller. */
public record BulkRef(String id, BulkViewer viewer) {}
