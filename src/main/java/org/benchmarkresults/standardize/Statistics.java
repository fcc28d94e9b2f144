package org.benchmarkresults.standardize;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of statistics. */
public final class Statistics {
  private static final Pattern PERCENTILE =
      Pattern.compile("(?:p|percentile_?|quantiles?_p?)?\\(?(\\d{1,3}(?:\\.\\d+)?)\\)?(?:th)?%?");

  /**
   * {@code p001} is 0.1 % and {@code p999} is 99.9 %: two digits, then decimals without a point.
   */
  private static final Pattern WITHOUT_POINT = Pattern.compile("p(0\\d|9\\d)(\\d+)");

  private Statistics() {}

  /** The one name of a statistic that tools call by several. */
  public static String of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "avg", "average", "mean" -> "mean";
      case "med", "median" -> "median";
      case "std", "sd", "stddev", "std_dev", "stdev" -> "sd";
      case "minimum", "min" -> "min";
      case "maximum", "max" -> "max";
      case "sum", "total" -> "total";
      default -> {
        Matcher withoutPoint = WITHOUT_POINT.matcher(lower);
        Matcher percentile =
            PERCENTILE.matcher(
                withoutPoint.matches()
                    ? withoutPoint.group(1) + "." + withoutPoint.group(2)
                    : lower);
        yield percentile.matches() ? "p" + plain(percentile.group(1)) : lower;
      }
    };
  }

  private static String plain(String percent) {
    return new BigDecimal(percent).stripTrailingZeros().toPlainString();
  }

  /** Whether it tells how far values lie apart, which is neither good nor bad. */
  public static boolean isSpread(String statistic) {
    return switch (statistic) {
      case "sd", "variance", "iqr", "count", "mad", "cv" -> true;
      default -> false;
    };
  }
}
