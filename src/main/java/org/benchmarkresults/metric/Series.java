package org.benchmarkresults.metric;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the history that an observation is a point of: what is measured, and all conditions
 * that are the same throughout a history.
 */
public final class Series {
  private static final int HEX_DIGITS = 12;

  /** Longer texts are no numbers of settings. */
  private static final int LONGEST_NUMBER = 40;

  private final Dictionary dictionary;
  private final DimensionRoles roles;

  public Series(Dictionary dictionary, DimensionRoles roles) {
    this.dictionary = dictionary;
    this.roles = roles;
  }

  /**
   * The identifier, {@code s_} and 12 hex digits.
   *
   * @param tool the tool that wrote the file
   * @param model what was measured
   * @param dimensions all of the observation
   */
  public String of(
      @Nullable String tool,
      @Nullable String model,
      Observation observation,
      List<Dimension> dimensions) {
    Family family = Family.of(dictionary.find(tool, observation.metric()));
    Map<String, String> conditions = new TreeMap<>();
    for (Dimension dimension : dimensions) {
      if (roles.splitsSeries(dimension.name(), family)) {
        conditions.put(dimension.name(), normalised(dimension.text()));
      }
    }
    StringBuilder text = new StringBuilder();
    add(text, "task", observation.task());
    add(text, "metric", observation.metric());
    add(text, "variant", observation.variant());
    add(text, "statistic", observation.statistic());
    add(text, "unit", observation.unit());
    add(text, "model", model);
    conditions.forEach((name, value) -> add(text, name, value));
    return "s_" + HexFormat.of().formatHex(sha256(text), 0, HEX_DIGITS / 2);
  }

  /** The length in front of each text makes the whole unambiguous. */
  private static void add(StringBuilder text, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append(name.length()).append(':').append(name);
      text.append(value.length()).append(':').append(value);
    }
  }

  /** One text for {@code 5}, {@code 5.0} and {@code 5e0}, and one for each spelling of infinity. */
  static String normalised(String text) {
    String plain = text.strip();
    String small = plain.toLowerCase(Locale.ROOT);
    return switch (small) {
      case "true", "false" -> small;
      case "inf", "infinity", "+inf", "+infinity" -> "inf";
      default -> number(plain);
    };
  }

  private static String number(String text) {
    if (text.isEmpty()
        || text.length() > LONGEST_NUMBER
        || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
      return text;
    }
    try {
      BigDecimal number = new BigDecimal(text).stripTrailingZeros();
      return Math.abs((long) number.scale()) > LONGEST_NUMBER
          ? number.toString()
          : number.toPlainString();
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static byte[] sha256(CharSequence text) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
