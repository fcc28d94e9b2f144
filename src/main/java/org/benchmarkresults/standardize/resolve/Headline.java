package org.benchmarkresults.standardize.resolve;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.model.observation.Observation;
import org.jspecify.annotations.Nullable;

/** The primary observations of a body in one short text. */
final class Headline {
  /** In characters; what follows the observations comes on top. */
  private static final int LONGEST = 105;

  private static final int LONGEST_NAME = 48;
  private static final String SEPARATOR = " · ";
  private static final Set<String> PLAIN = Set.of("mean", "value");
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
  private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

  private Headline() {}

  /** Such as {@code gsm8k exact_match 0.786 · ttft median 23.4 ms · 3 more}; null without any. */
  static @Nullable String of(List<Observation> observations) {
    List<Observation> primary = observations.stream().filter(Observation::primary).toList();
    StringBuilder text = new StringBuilder();
    int shown = 0;
    for (Observation observation : primary) {
      String one = of(observation);
      if (shown > 0 && text.length() + SEPARATOR.length() + one.length() > LONGEST) {
        break;
      }
      text.append(shown == 0 ? "" : SEPARATOR).append(one);
      shown++;
    }
    if (shown < primary.size()) {
      text.append(SEPARATOR).append(primary.size() - shown).append(" more");
    }
    return shown == 0 ? null : text.toString();
  }

  private static String of(Observation observation) {
    StringBuilder text = new StringBuilder();
    if (observation.task() != null && !observation.task().isEmpty()) {
      text.append(shortened(observation.task())).append(' ');
    }
    text.append(shortened(observation.metric())).append(' ');
    if (!PLAIN.contains(observation.statistic())) {
      text.append(observation.statistic()).append(' ');
    }
    text.append(number(observation.value()));
    String unit = observation.unit();
    return unit == null || unit.equals("1") ? text.toString() : text + " " + spoken(unit);
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private static String spoken(String unit) {
    return unit.replace("{token}", "tok").replace("{request}", "req").replaceAll("[{}]", "");
  }

  /** With three or four significant digits. */
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    double size = Math.abs(value);
    BigDecimal rounded = exact.round(size >= 1000 && size < 1e6 ? FOUR_DIGITS : THREE_DIGITS);
    if (size >= 1e6 || size < 1e-4) {
      int exponent = rounded.precision() - rounded.scale() - 1;
      return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
    return rounded.stripTrailingZeros().toPlainString();
  }
}
