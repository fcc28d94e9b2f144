package org.benchmarkresults.model.result;

/** Names one chunk of a large result's data, numbered from 0. */
public record ChunkRef(Stage stage, String upload, int number) {}
