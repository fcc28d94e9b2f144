package org.benchmarkresults.model;

import java.time.Instant;

/** One version of a result; {@code size} is the length of its data in bytes. */
public record ResultVersion(int version, Digest digest, long size, Instant receivedAt) {}
