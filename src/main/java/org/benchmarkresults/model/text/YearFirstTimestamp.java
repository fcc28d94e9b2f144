package org.benchmarkresults.model.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date that begins with its year, with or without a time and a zone: ISO 8601 in its extended and
 * basic forms, and what file names ({@code 2025-06-30T19-37-57.457759}, {@code 20250806-120000}),
 * loggers ({@code 2026-03-29 07:30:00,500}), databases, Go and Java make of it.
 */
final class YearFirstTimestamp {
  private static final String DATE =
      "(?:(?<year>\\d{4})(?<mark>[-/._:])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})"
          + "|(?<basic>\\d{8})|(?<ordinal>\\d{4}-\\d{3})|(?<week>\\d{4}-?W\\d{2}-?\\d))";
  private static final String BETWEEN = "(?:[Tt_:-]|,? {1,2}[Tt]? ?)";
  private static final Pattern FORM =
      Pattern.compile(
          DATE + "(?:(?:" + BETWEEN + "|(?<=^\\d{8}))" + ClockTime.FORM + ")?(?<zone>.*)");

  private YearFirstTimestamp() {}

  /** Null when the text is no such date. */
  static @Nullable Instant read(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    return ClockTime.of(matcher).on(date(matcher), ZoneText.of(matcher.group("zone")));
  }

  private static LocalDate date(Matcher matcher) {
    String basic = matcher.group("basic");
    if (basic != null) {
      return LocalDate.parse(basic, DateTimeFormatter.BASIC_ISO_DATE);
    }
    String ordinal = matcher.group("ordinal");
    if (ordinal != null) {
      return LocalDate.parse(ordinal, DateTimeFormatter.ISO_ORDINAL_DATE);
    }
    String week = matcher.group("week");
    if (week != null) {
      String digits = week.replace("-", "");
      String extended =
          digits.substring(0, 4) + '-' + digits.substring(4, 7) + '-' + digits.substring(7);
      return LocalDate.parse(extended, DateTimeFormatter.ISO_WEEK_DATE);
    }
    return LocalDate.of(number(matcher, "year"), number(matcher, "month"), number(matcher, "day"));
  }

  private static int number(Matcher matcher, String group) {
    String digits = matcher.group(group);
    if (digits == null) {
      throw new DateTimeException("no " + group);
    }
    return Integer.parseInt(digits);
  }
}
