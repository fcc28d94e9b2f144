package org.benchmarkresults.model.text;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7) in their text form, which begins with the moment in
 * milliseconds: texts sort by age.
 */
public final class Uuid7 {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int VERSION_AT = 14;

  private Uuid7() {}

  public static String next(Instant now) {
    long timeAndVersion = (now.toEpochMilli() << 16) | 0x7000 | (RANDOM.nextInt() & 0xfff);
    long variantAndRandom = (RANDOM.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(timeAndVersion, variantAndRandom).toString();
  }

  /** Sorts before every UUID of the moment or later, and after the earlier ones. */
  public static String before(Instant moment) {
    String digits = String.format(Locale.ROOT, "%012x", moment.toEpochMilli());
    return digits.substring(0, 8) + "-" + digits.substring(8);
  }

  /** Whether a UUID is of version 7; those of other versions do not show their age. */
  public static boolean matches(String uuid) {
    return uuid.length() > VERSION_AT && uuid.charAt(VERSION_AT) == '7';
  }
}
