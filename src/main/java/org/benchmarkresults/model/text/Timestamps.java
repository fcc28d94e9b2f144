package org.benchmarkresults.model.text;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the moment out of the timestamp texts that benchmark tools write.
 *
 * <p>Three kinds are understood: numbers of seconds, milliseconds, microseconds or nanoseconds
 * since 1970 ({@link EpochTimestamp}); texts that begin with the year, ISO 8601 among them ({@link
 * YearFirstTimestamp}); and texts that name the month, as mail, HTTP and C write them ({@link
 * NamedMonthTimestamp}). A time without a zone is UTC. Texts that different readers would read as
 * different days, such as {@code 03/04/2026}, have no moment.
 */
public final class Timestamps {
  /** The maximum length in the contract. */
  private static final int LONGEST = 128;

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Timestamps() {}

  /** The moment to the millisecond, between the years 1 and 9999; null when the text has none. */
  public static @Nullable Instant instantOf(String timestamp) {
    if (timestamp.length() > LONGEST) {
      return null;
    }
    try {
      Instant usual = UsualTimestamp.read(timestamp);
      Instant instant = usual == null ? read(plain(timestamp)) : usual;
      return instant == null || instant.isBefore(FIRST) || instant.isAfter(LAST)
          ? null
          : Instant.ofEpochMilli(instant.toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /** Newer libraries of locales put narrow and unbreakable blanks into times. */
  private static String plain(String timestamp) {
    return timestamp.replace('\u202f', ' ').replace('\u00a0', ' ').replace('\u2212', '-').strip();
  }

  private static @Nullable Instant read(String text) {
    Instant epoch = EpochTimestamp.read(text);
    if (epoch != null) {
      return epoch;
    }
    Instant yearFirst = YearFirstTimestamp.read(text);
    return yearFirst == null ? NamedMonthTimestamp.read(text) : yearFirst;
  }
}
