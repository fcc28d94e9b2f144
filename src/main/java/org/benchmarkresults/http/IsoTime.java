package org.benchmarkresults.http;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Writes moments as {@code 2026-04-21T12:45:25.391Z}, always with milliseconds. A list of ten
 * thousand rows writes thirty thousand of them: with the JDK's formatter that is a fifth of its
 * time. Confined to one thread.
 */
final class IsoTime {
  private static final long MILLIS_A_DAY = 86_400_000;

  private long cachedDay = Long.MIN_VALUE;
  private final char[] text = "0000-00-00T00:00:00.000Z".toCharArray();

  String write(Instant instant) {
    long millis = instant.toEpochMilli();
    long day = Math.floorDiv(millis, MILLIS_A_DAY);
    if (day != cachedDay) {
      LocalDate.ofEpochDay(day).toString().getChars(0, 10, text, 0);
      cachedDay = day;
    }
    int ofDay = (int) Math.floorMod(millis, MILLIS_A_DAY);
    digits(ofDay / 3_600_000, 11, 2);
    digits(ofDay / 60_000 % 60, 14, 2);
    digits(ofDay / 1_000 % 60, 17, 2);
    digits(ofDay % 1_000, 20, 3);
    return new String(text);
  }

  private void digits(int value, int at, int count) {
    int rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
