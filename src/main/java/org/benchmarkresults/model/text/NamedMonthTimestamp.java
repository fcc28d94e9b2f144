package org.benchmarkresults.model.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date whose month is an English word: RFC 1123 and mail, C's {@code ctime}, the command {@code
 * date}, JavaScript's and Go's own forms, web servers' logs. The weekday is not looked at.
 */
final class NamedMonthTimestamp {
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private static final String WEEKDAY = "(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\\.?,? +)?";
  private static final String MONTH = "([a-z]{3,9})\\.?";
  private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
  private static final String TIME = "(?<clock>" + ClockTime.FORM + ")(?<zone>.*)";
  private static final String AT = "(?:,? +(?:at +)?|:|T)";

  /** Sun, 29 Mar 2026 08:00:00 GMT; 29/Mar/2026:08:00:00 +0000; 29-Mar-2026. */
  private static final Pattern DAY_FIRST =
      form(WEEKDAY + DAY + "[ /-]" + MONTH + ",?[ /-](\\d{4})(?:" + AT + TIME + ")?");

  /** Mar 29, 2026 8:00:00 AM; Sun Mar 29 2026 10:00:00 GMT+0900 (Korean Standard Time). */
  private static final Pattern MONTH_FIRST =
      form(WEEKDAY + MONTH + " +" + DAY + ",? +(\\d{4})(?:" + AT + TIME + ")?");

  /** 2026 Mar 29 10:30:00; 2026-Mar-29. */
  private static final Pattern YEAR_FIRST =
      form("(\\d{4})[ /-]" + MONTH + "[ /-]+" + DAY + "(?:" + AT + TIME + ")?");

  /** Sun Mar 29 13:30:00 2026; Sun Mar 29 01:30:00 PM KST 2026; Mon Jan 02 15:04:05 -0700 2006. */
  private static final Pattern YEAR_LAST =
      form(
          WEEKDAY
              + "(?:"
              + MONTH
              + " +"
              + DAY
              + "|"
              + DAY
              + " +"
              + MONTH
              + ") +(?<clock>"
              + ClockTime.FORM
              + ")(?<zone> +[a-z0-9+:-]{1,9})? +(\\d{4})");

  private NamedMonthTimestamp() {}

  private static Pattern form(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /** Null when the text is no such date. */
  static @Nullable Instant read(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    Matcher dayFirst = DAY_FIRST.matcher(bare);
    if (dayFirst.matches()) {
      return moment(dayFirst, date(dayFirst.group(3), dayFirst.group(2), dayFirst.group(1)));
    }
    Matcher monthFirst = MONTH_FIRST.matcher(bare);
    if (monthFirst.matches()) {
      return moment(
          monthFirst, date(monthFirst.group(3), monthFirst.group(1), monthFirst.group(2)));
    }
    Matcher yearFirst = YEAR_FIRST.matcher(bare);
    if (yearFirst.matches()) {
      return moment(yearFirst, date(yearFirst.group(1), yearFirst.group(2), yearFirst.group(3)));
    }
    Matcher yearLast = YEAR_LAST.matcher(bare);
    return yearLast.matches() ? moment(yearLast, yearLastDate(yearLast)) : null;
  }

  private static LocalDate yearLastDate(Matcher matcher) {
    String year = matcher.group(matcher.groupCount());
    return matcher.group(1) == null
        ? date(year, matcher.group(4), matcher.group(3))
        : date(year, matcher.group(1), matcher.group(2));
  }

  private static LocalDate date(String year, String month, String day) {
    return LocalDate.of(Integer.parseInt(year), month(month), Integer.parseInt(day));
  }

  private static int month(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (int month = 0; month < MONTHS.size(); month++) {
      String whole = MONTHS.get(month);
      boolean isShort = whole.substring(0, 3).equals(lower) || (month == 8 && lower.equals("sept"));
      if (isShort || whole.equals(lower)) {
        return month + 1;
      }
    }
    throw new DateTimeException("no month");
  }

  private static Instant moment(Matcher matcher, LocalDate date) {
    String zone = matcher.group("zone");
    return ClockTime.of(matcher).on(date, ZoneText.of(zone == null ? null : zone.strip()));
  }
}
