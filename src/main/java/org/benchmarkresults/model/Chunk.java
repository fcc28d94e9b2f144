package org.benchmarkresults.model;

import java.nio.ByteBuffer;

/** The bytes of one chunk. */
public record Chunk(ByteBuffer bytes) {}
