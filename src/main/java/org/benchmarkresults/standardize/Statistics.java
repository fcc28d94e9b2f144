package org.benchmarkresults.standardize;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of statistics. */
public final class Statistics {
  private static final Pattern PERCENTILE =
      Pattern.compile("(?:p|percentile_?|quantiles?_p?)?\\(?(\\d{1,3}(?:\\.\\d+)?)\\)?(?:th)?%?");

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
        Matcher percentile = PERCENTILE.matcher(lower);
        yield percentile.matches() ? "p" + percentile.group(1).replaceFirst("\\.0+$", "") : lower;
      }
    };
  }

  /** Whether it tells how far values lie apart, which is neither good nor bad. */
  public static boolean isSpread(String statistic) {
    return switch (statistic) {
      case "sd", "variance", "iqr", "count", "mad", "cv" -> true;
      default -> false;
    };
  }
}
