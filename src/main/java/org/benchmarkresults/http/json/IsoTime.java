package org.benchmarkresults.http.json;

import java.time.Instant;

/**
 * Writes moments as {@code 2026-04-21T12:45:25.391Z}, always with milliseconds, between the years 0
 * and 9999. A list of ten thousand rows writes thirty thousand of them, which costs the JDK's
 * formatter more than reading the rows.
 */
public final class IsoTime {
  private static final char[] FORM = "0000-00-00T00:00:00.000Z".toCharArray();
  private static final long MILLIS_A_DAY = 86_400_000;

  /**
   * Days from 0000-03-01, where a year that begins in March has its leap day last, to 1970-01-01.
   */
  private static final long DAYS_TO_EPOCH = 719_468;

  private static final int DAYS_IN_400_YEARS = 146_097;

  private IsoTime() {}

  public static char[] write(Instant instant) {
    long millis = instant.toEpochMilli();
    char[] text = FORM.clone();
    date(Math.floorDiv(millis, MILLIS_A_DAY) + DAYS_TO_EPOCH, text);
    int ofDay = (int) Math.floorMod(millis, MILLIS_A_DAY);
    digits(ofDay / 3_600_000, 11, 2, text);
    digits(ofDay / 60_000 % 60, 14, 2, text);
    digits(ofDay / 1_000 % 60, 17, 2, text);
    digits(ofDay % 1_000, 20, 3, text);
    return text;
  }

  public static String text(Instant instant) {
    return new String(write(instant));
  }

  /** The Gregorian date by whole-number arithmetic, as H. Hinnant's "civil from days" has it. */
  private static void date(long days, char[] text) {
    long era = Math.floorDiv(days, DAYS_IN_400_YEARS);
    int ofEra = (int) (days - era * DAYS_IN_400_YEARS);
    int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int month = (5 * ofYear + 2) / 153;
    int calendarMonth = month < 10 ? month + 3 : month - 9;
    int year = (int) (yearOfEra + era * 400) + (calendarMonth <= 2 ? 1 : 0);
    digits(year, 0, 4, text);
    digits(calendarMonth, 5, 2, text);
    digits(ofYear - (153 * month + 2) / 5 + 1, 8, 2, text);
  }

  private static void digits(int value, int at, int count, char[] text) {
    int rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
