package org.benchmarkresults.model.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number since 1970: seconds with or without a fraction, or milliseconds, microseconds or
 * nanoseconds, told apart by their 13, 16 and 19 digits before the decimal point (2001 to 2286).
 */
final class EpochTimestamp {
  /**
   * Four digits alone are a year, which is no moment; eight and more may be a date, alone or with a
   * time behind it.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "(?!\\d{4}$)(?!(?:19|20)\\d{6}(?:\\d{4}|\\d{6}(?:\\.\\d+)?|\\d{9}|\\d{12})?$)"
              + "@?(-?\\d{1,19}(?:\\.\\d+)?(?:[eE]\\+?\\d{1,2})?)");

  private static final int DIGITS_OF_SECONDS = 12;

  private EpochTimestamp() {}

  /** Null when the text is no such number. */
  static @Nullable Instant read(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    BigDecimal seconds = number.movePointLeft(places(number.precision() - number.scale()));
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    return Instant.ofEpochSecond(
        whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
  }

  private static int places(int digits) {
    if (digits <= DIGITS_OF_SECONDS) {
      return 0;
    }
    return switch (digits) {
      case 13 -> 3;
      case 16 -> 6;
      case 19 -> 9;
      default -> throw new DateTimeException("no unit has " + digits + " digits");
    };
  }
}
