package org.benchmarkresults.model.result;

import java.nio.ByteBuffer;

/** The bytes of one chunk. */
public record Chunk(ByteBuffer bytes) {}
