package org.benchmarkresults.model.text;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text after a time: an offset, the letters of a zone, or both. The offset counts; letters
 * alone only where they mean one offset everywhere.
 */
final class ZoneText {
  private static final String ZERO = "(?:UTC|GMT|UT)";

  /** A point or dash between hours and minutes is what file names have in place of a colon. */
  private static final String OFFSET =
      "(?<sign>[+-])(?<hours>\\d{1,2})(?:[:._-]?(?<minutes>\\d{2})(?::?(?<seconds>\\d{2}))?)?";

  /** Behind an offset: a second zone, a zone's name, the sum that Go's monotonic clock leaves. */
  private static final String BEHIND =
      "(?: ?Z| [A-Z]{2,5}| [+-]\\d{2,4})?(?:\\[[\\w/+-]+])?(?: \\([^)]*\\))?(?: m=[+-][\\d.]+)?";

  private static final Pattern FORM =
      Pattern.compile(
          " *(?:"
              + ZERO
              + "? ?"
              + OFFSET
              + BEHIND
              + "|(?<letters>Z|[A-Z]{2,5})(?:\\[(?:UTC|GMT|Z|Etc/UTC)])?(?: m=[+-][\\d.]+)?)?",
          Pattern.CASE_INSENSITIVE);

  private static final Map<String, Integer> HOURS =
      Map.ofEntries(
          Map.entry("Z", 0),
          Map.entry("UTC", 0),
          Map.entry("GMT", 0),
          Map.entry("UT", 0),
          Map.entry("EST", -5),
          Map.entry("EDT", -4),
          Map.entry("CDT", -5),
          Map.entry("MST", -7),
          Map.entry("MDT", -6),
          Map.entry("PST", -8),
          Map.entry("PDT", -7),
          Map.entry("KST", 9),
          Map.entry("JST", 9),
          Map.entry("CET", 1),
          Map.entry("CEST", 2));

  private ZoneText() {}

  /** UTC for no text; throws {@link DateTimeException} for one that means no offset. */
  static ZoneOffset of(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return ZoneOffset.UTC;
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new DateTimeException("no zone");
    }
    if (matcher.group("sign") != null) {
      return offset(matcher);
    }
    String letters = matcher.group("letters");
    Integer hours =
        letters == null ? Integer.valueOf(0) : HOURS.get(letters.toUpperCase(Locale.ROOT));
    if (hours == null) {
      throw new DateTimeException("these letters mean several zones");
    }
    return ZoneOffset.ofHours(hours);
  }

  private static ZoneOffset offset(Matcher matcher) {
    int sign = "-".equals(matcher.group("sign")) ? -1 : 1;
    return ZoneOffset.ofHoursMinutesSeconds(
        sign * number(matcher.group("hours")),
        sign * number(matcher.group("minutes")),
        sign * number(matcher.group("seconds")));
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
