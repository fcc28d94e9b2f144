package org.benchmarkresults.http.log;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Generates UUIDs of version 7 (RFC 9562, section 5.7), which sort by time. */
public final class RunIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunIds() {}

  public static String next(Instant now) {
    long timeAndVersion = (now.toEpochMilli() << 16) | 0x7000 | (RANDOM.nextInt() & 0xfff);
    long variantAndRandom = (RANDOM.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(timeAndVersion, variantAndRandom).toString();
  }
}
