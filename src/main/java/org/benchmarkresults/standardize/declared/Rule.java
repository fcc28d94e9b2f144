package org.benchmarkresults.standardize.declared;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a file are observations, and what is said of them.
 *
 * @param at where the values stand, from the run
 * @param when conditions on other values: all must match
 * @param strings whether a string with a number in it counts
 * @param quiet whether strings, literals and containers here are nothing to speak of
 * @param each finds several values in one text, by its groups {@code metric} and {@code value};
 *     null for none
 * @param failed whether an empty object here means that a task failed
 * @param list whether an array of numbers here is one observation or three: its only number, or the
 *     median, the least and the greatest of several, with their number as n
 * @param stderrOver where {@code stderr} is a standard deviation: the number of values that it is
 *     of; the standard error is it by the square root of that
 * @param binomial whether the value is the share of n that succeeded, so that its standard error
 *     follows from both
 * @param better {@code higher}, {@code lower}, {@code none}, or what the file says; none of these
 *     leaves it to the dictionary
 * @param worse whether what {@code better} finds in the file says the opposite
 */
record Rule(
    PathPattern at,
    Map<Expression, Pattern> when,
    boolean strings,
    boolean quiet,
    @Nullable Pattern each,
    boolean failed,
    boolean list,
    Expression task,
    Expression metric,
    Expression variant,
    Expression statistic,
    Expression unit,
    Expression better,
    boolean worse,
    Expression stderr,
    Expression stderrOver,
    boolean binomial,
    Expression n,
    Expression least,
    Expression most,
    Expression low,
    Expression high,
    Expression level,
    Map<String, Expression> dimensions) {
  Rule {
    when = Map.copyOf(when);
    dimensions = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(dimensions));
  }

  /** The expressions by the names of their members, but conditions and dimensions. */
  Map<String, Expression> named() {
    Map<String, Expression> named = new java.util.LinkedHashMap<>();
    named.put("task", task);
    named.put("metric", metric);
    named.put("variant", variant);
    named.put("statistic", statistic);
    named.put("unit", unit);
    named.put("better", better);
    named.put("stderr", stderr);
    named.put("stderr_over", stderrOver);
    named.put("n", n);
    named.put("least", least);
    named.put("most", most);
    named.put("low", low);
    named.put("high", high);
    named.put("level", level);
    return named;
  }

  /** All expressions of the rule. */
  List<Expression> expressions() {
    List<Expression> all = new java.util.ArrayList<>(named().values());
    all.addAll(when.keySet());
    all.addAll(dimensions.values());
    return all;
  }
}
