package org.benchmarkresults.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long the results of a benchmark are kept.
 *
 * <p>Its text is {@code stage/benchmark=age}: the first slash ends the stage ({@code raw_input} or
 * {@code standardized_output}), the last {@code =} begins the age, and what is between is the
 * benchmark name, percent-encoded where it holds {@code %}, a comma, or is a single {@code *},
 * which means all benchmarks without a rule of their own in that stage.
 *
 * @param benchmarkName null for all that have no rule of their own
 */
public record RetentionRule(
    String text, String stage, @Nullable String benchmarkName, Duration age) {
  private static final Set<String> STAGES = Set.of("raw_input", "standardized_output");
  private static final String ANY = "*";
  private static final int MOST_DAYS = 36_500;

  /**
   * @throws IllegalArgumentException with a sentence, when the text is not a rule
   */
  static RetentionRule parse(String text) {
    int slash = text.indexOf('/');
    int equals = text.lastIndexOf('=');
    if (slash < 0 || equals < slash) {
      throw fault(text, "must be stage/benchmark=age, such as raw_input/*=365d");
    }
    String stage = text.substring(0, slash).strip();
    String benchmark = text.substring(slash + 1, equals).strip();
    if (!STAGES.contains(stage)) {
      throw fault(text, "names no stage; stages are raw_input and standardized_output");
    }
    if (benchmark.isEmpty()) {
      throw fault(text, "names no benchmark; * means all");
    }
    return new RetentionRule(
        text, stage, benchmark.equals(ANY) ? null : decoded(text, benchmark), age(text, equals));
  }

  private static String decoded(String text, String benchmark) {
    try {
      // In a form a plus would be a blank; here it is itself.
      return URLDecoder.decode(benchmark.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw fault(text, "holds a % that begins no percent-encoding; % itself is %25");
    }
  }

  private static Duration age(String text, int equals) {
    Duration age;
    try {
      age = SettingValue.duration(text.substring(equals + 1).strip());
    } catch (IllegalArgumentException e) {
      throw fault(text, "ends in no age; it " + e.getMessage());
    }
    if (age.isZero()) {
      throw fault(text, "would delete everything; the age must be longer than 0s");
    }
    if (age.toDays() > MOST_DAYS) {
      throw fault(text, "has an age above " + MOST_DAYS + "d");
    }
    return age;
  }

  private static IllegalArgumentException fault(String text, String sentence) {
    return new IllegalArgumentException("retention.rules: \"" + text + "\" " + sentence);
  }

  /** A sentence for each text that is not a rule, and for each second rule for the same results. */
  static List<String> faults(List<String> texts) {
    List<String> faults = new ArrayList<>();
    Set<List<@Nullable String>> seen = new HashSet<>();
    for (String text : texts) {
      try {
        RetentionRule rule = parse(text);
        if (!seen.add(Arrays.asList(rule.stage, rule.benchmarkName))) {
          faults.add("retention.rules: \"" + text + "\" is the second rule for the same results");
        }
      } catch (IllegalArgumentException e) {
        faults.add("" + e.getMessage());
      }
    }
    return faults;
  }
}
