package org.benchmarkresults.storage.save;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names of uploads: UUIDs of version 7 (RFC 9562), whose text begins with the moment they were made
 * at, so that they are sorted by age. Those of earlier releases are of version 4 and tell no age.
 */
public final class UploadIds {
  private static final int VERSION_AT = 14;

  private UploadIds() {}

  public static String next(Instant now) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = now.toEpochMilli() << 16 | 0x7000 | random.nextInt(1 << 12);
    long low = random.nextLong() >>> 2 | 1L << 63;
    return new UUID(high, low).toString();
  }

  /** Sorts before every upload made then or later, and after those made before. */
  public static String before(Instant moment) {
    String digits = String.format(Locale.ROOT, "%012x", moment.toEpochMilli());
    return digits.substring(0, 8) + "-" + digits.substring(8);
  }

  public static boolean tellsItsAge(String upload) {
    return upload.length() > VERSION_AT && upload.charAt(VERSION_AT) == '7';
  }
}
