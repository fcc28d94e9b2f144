package org.benchmarkresults.model.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A time of day as it was written, which may be 24:00 or have a leap second. What rounds 59.9996
 * seconds writes 60 too, so a 60 is taken in any minute: it is the start of the next.
 *
 * @param nanos of the fraction; digits beyond the ninth are cut off
 */
record ClockTime(int hour, int minute, int second, int nanos) {
  /**
   * With colons, or what file names have in place of them, or without; {@code fraction} has any
   * number of digits, and behind a mark other than a point or a comma three or six.
   */
  static final String FORM =
      "(?<t>(?<=[Tt]))?(?<hour>\\d{1,2})"
          + "(?:(?<colon>[:._-])(?<minute>\\d{2})"
          + "(?:\\k<colon>(?<second>\\d{2})"
          + "(?:[.,](?<fraction>\\d+)|[:_-](?<marked>\\d{6}|\\d{3})(?!\\d))?)?"
          + "|(?<minutes>\\d{2})(?:(?<seconds>\\d{2})"
          + "(?:[.,](?<rest>\\d+)|[_-]?(?<run>\\d{6}|\\d{3})(?!\\d))?)?)?"
          + "(?: ?(?<half>[AaPp])\\.?[Mm]\\.?(?![A-Za-z]))?";

  private static final int NANO_DIGITS = 9;

  ClockTime {
    boolean dayEnd = hour == 24 && minute == 0 && second == 0 && nanos == 0;
    if ((hour > 23 && !dayEnd) || minute > 59 || second > 60) {
      throw new DateTimeException("no time of day");
    }
  }

  static boolean isThere(Matcher matcher) {
    return matcher.group("hour") != null;
  }

  /** The time in what matched, midnight when there is none. */
  static ClockTime of(Matcher matcher) {
    if (!isThere(matcher)) {
      return new ClockTime(0, 0, 0, 0);
    }
    String half = matcher.group("half");
    String minute = either(matcher, "minute", "minutes");
    if (minute.isEmpty() && half == null && matcher.group("t") == null) {
      throw new DateTimeException("a number behind a date that may be a counter");
    }
    return new ClockTime(
        hour(number(matcher.group("hour")), half),
        number(minute),
        number(either(matcher, "second", "seconds")),
        nanos(either(matcher, "fraction", "marked") + either(matcher, "rest", "run")));
  }

  private static int hour(int hour, @Nullable String half) {
    if (half == null) {
      return hour;
    }
    if (hour < 1 || hour > 12) {
      throw new DateTimeException("no hour of half a day");
    }
    return hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
  }

  private static String either(Matcher matcher, String one, String other) {
    String first = matcher.group(one);
    String found = first == null ? matcher.group(other) : first;
    return found == null ? "" : found;
  }

  private static int number(String digits) {
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(String fraction) {
    String digits = fraction.length() > NANO_DIGITS ? fraction.substring(0, NANO_DIGITS) : fraction;
    return number(digits + "0".repeat(NANO_DIGITS - digits.length()));
  }

  Instant on(LocalDate date, ZoneOffset zone) {
    return date.atStartOfDay()
        .plusHours(hour)
        .plusMinutes(minute)
        .plusSeconds(second)
        .plusNanos(nanos)
        .toInstant(zone);
  }
}
