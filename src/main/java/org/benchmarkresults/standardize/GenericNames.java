package org.benchmarkresults.standardize;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.metric.Metric;
import org.jspecify.annotations.Nullable;

/** Reads the names in a team's own JSON. */
final class GenericNames {
  private static final Pattern UNIT =
      Pattern.compile("(.+?)(?<!per)_(ms|us|ns|s|secs?|seconds|milliseconds|percent|pct)");
  private static final Pattern STATISTIC =
      Pattern.compile("(?:(mean|avg|average|median|min|max|std|p\\d{1,2}(?:\\.\\d+)?)_)?(.+)");
  private static final Pattern STATISTIC_LAST =
      Pattern.compile("(.+)_(mean|avg|average|median|min|max|std|p\\d{1,2}(?:\\.\\d+)?)");
  private static final Map<String, String> UNITS =
      Map.of(
          "sec",
          "s",
          "secs",
          "s",
          "seconds",
          "s",
          "milliseconds",
          "ms",
          "percent",
          "%",
          "pct",
          "%");

  /** The ending of the name of a standard error. */
  static final List<String> STANDARD_ERROR = List.of("_stderr", "_std_err", "_se");

  private static final Pattern PART_STATISTIC =
      Pattern.compile(
          "mean|avg|average|median|min|max|std|stddev|std_dev|p\\d{1,2}(?:\\.\\d+)?|\\d{1,2}%");
  private static final Pattern PART_NUMBER = Pattern.compile("@?k?=?\\d{1,6}");

  private static final Set<String> SCORES = Set.of("score", "error");
  private static final Set<String> TELLING = Set.of("score", "error", "throughput", "latency");

  /** Metrics' names that are everyday words too. */
  private static final Set<String> EVERYDAY = Set.of("map", "pass", "squad", "reward");

  /** Containers of settings, of what ran and of where. */
  private static final Pattern SETTING =
      Pattern.compile(
          "\\$schema|(?:.*_)?(?:config|configs|configuration|settings|options|args|arguments|kwargs"
              + "|params|parameters|hyperparameters|env|environment|meta|metadata|versions"
              + "|system_info|machine_info|hardware|platform)");

  /** Numbers that name, count time or set something, and measure nothing. */
  private static final Pattern NO_MEASUREMENT =
      Pattern.compile(
          "(?:.*_)?(?:stderr|std_err|standard_error|id|ids|uuid|hash|index|idx|key|port|pid|seed|seeds|version|revision|build"
              + "|epoch|epochs|step|steps|timestamp|date|datetime|created|updated|started|finished"
              + "|at|year|month|day|offset|rank|level|limit|timeout|threshold)"
              + "|(?:.*_)?(?:start|end|start_time|end_time|time_ns|unix_time)"
              + "|(?:random_|rng_)?seed\\w*|(?:num_|n_)?(?:few_?shot|shots?|threads|workers|gpus"
              + "|gpu|devices|nodes|replicas|repeats|epochs|layers|params|parameters)"
              + "|batch_size|temperature|top_p|top_k|max_(?:new_|output_|model_)?(?:tokens|len|length)"
              + "|concurrency|max_concurrency|request_rate|tp|pp|dp|ep|tensor_parallel_size"
              + "|input_len|output_len|isl|osl|learning_rate|lr");

  private GenericNames() {}

  /**
   * A name.
   *
   * @param metric the dictionary's name, or the name itself
   * @param unit the unit that the name tells; null when it tells none
   * @param known null when the dictionary does not know it
   */
  record Named(String metric, String statistic, @Nullable String unit, @Nullable Metric known) {}

  /** The parts of a name. */
  static Named of(String name, Dictionary dictionary) {
    String lower = name.toLowerCase(Locale.ROOT);
    Matcher withUnit = UNIT.matcher(lower);
    boolean hasUnit = withUnit.matches();
    String unit = hasUnit ? UNITS.getOrDefault(withUnit.group(2), withUnit.group(2)) : null;
    Named whole = of(lower, unit, dictionary);
    Named named = whole == null && hasUnit ? of(withUnit.group(1), unit, dictionary) : whole;
    return named == null ? new Named(name, "value", null, null) : named;
  }

  private static @Nullable Named of(String name, @Nullable String unit, Dictionary dictionary) {
    Metric known = dictionary.find("generic", name);
    if (known != null) {
      return new Named(known.name(), "value", unit, known);
    }
    Matcher first = STATISTIC.matcher(name);
    if (first.matches() && first.group(1) != null) {
      return of(first.group(2), first.group(1), unit, dictionary);
    }
    Matcher last = STATISTIC_LAST.matcher(name);
    return last.matches() ? of(last.group(1), last.group(2), unit, dictionary) : null;
  }

  private static @Nullable Named of(
      String name, String statistic, @Nullable String unit, Dictionary dictionary) {
    Metric known = dictionary.find("generic", name);
    return known == null ? null : new Named(known.name(), Statistics.of(statistic), unit, known);
  }

  /** Whether a name is that of a statistic and nothing else. */
  static boolean isStatistic(String name) {
    return PART_STATISTIC.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether a name says nothing without that of what holds it. */
  static boolean isPart(String name) {
    return isStatistic(name) || PART_NUMBER.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * Whether a name is known, or made of words of which the last ones or one is, such as {@code
   * eval_accuracy} and {@code bleu_1}. Such a name tells that a file holds measurements; what is
   * known of the word does not count for it.
   */
  static boolean holdsKnown(String name, Dictionary dictionary) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (of(lower, dictionary).known() != null) {
      return true;
    }
    for (int at = lower.indexOf('_'); at >= 0; at = lower.indexOf('_', at + 1)) {
      Metric last = of(lower.substring(at + 1), dictionary).known();
      if (last != null && TELLING.contains(String.valueOf(last.kind()))) {
        return !last.name().equals("time");
      }
    }
    for (String word : lower.split("[_ /-]")) {
      Metric known = dictionary.find("generic", word);
      if (known != null && SCORES.contains(String.valueOf(known.kind())) && word.length() > 2) {
        return !EVERYDAY.contains(word);
      }
    }
    return false;
  }

  /** Whether what stands below the name is settings. */
  static boolean isSetting(String name) {
    return SETTING.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether a number of the name measures nothing. */
  static boolean isNoMeasurement(String name) {
    return NO_MEASUREMENT.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }
}
