package org.benchmarkresults.model.version;

import java.time.Instant;
import org.benchmarkresults.model.result.Digest;

/** One version of a result; {@code size} is the length of its data in bytes. */
public record ResultVersion(int version, Digest digest, long size, Instant receivedAt) {}
