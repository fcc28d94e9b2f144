package org.benchmarkresults.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts the text of a setting to its type. */
public final class SettingValue {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final List<String> BOOLEANS = List.of("true", "false", "yes", "no", "on", "off");

  private SettingValue() {}

  /**
   * The value as the component's type.
   *
   * @param value a text, or what YAML makes of one; a list for a component that is a list
   * @throws IllegalArgumentException saying what the value must be, without a subject
   */
  static Object convert(Object value, RecordComponent component) {
    Class<?> type = component.getType();
    if (type == List.class) {
      return list(value, component);
    }
    String text = String.valueOf(value).strip();
    if (type == String.class) {
      return text;
    }
    if (type == Secret.class) {
      return new Secret(text);
    }
    if (type == int.class) {
      return integer(text);
    }
    if (type == double.class) {
      return decimal(text);
    }
    if (type == boolean.class) {
      return bool(text);
    }
    if (type == Duration.class) {
      return duration(text);
    }
    if (type == ByteSize.class) {
      return ByteSize.parse(text);
    }
    throw new IllegalStateException("no conversion to " + type);
  }

  private static List<String> list(Object value, RecordComponent component) {
    boolean ofText =
        component.getGenericType() instanceof ParameterizedType list
            && list.getActualTypeArguments()[0] == String.class;
    if (!ofText) {
      throw new IllegalStateException("no conversion to " + component);
    }
    List<?> items =
        value instanceof List<?> given ? given : Arrays.asList(String.valueOf(value).split(","));
    return items.stream()
        .map(String::valueOf)
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static int integer(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number, is \"" + text + "\"", e);
    }
  }

  private static double decimal(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number, is \"" + text + "\"", e);
    }
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default ->
          throw new IllegalArgumentException(
              "must be true or false, is \""
                  + text
                  + "\""
                  + NearestWord.suggestion(text, BOOLEANS));
    };
  }

  /** A time such as 800ms, 10s, 5m, 2h or 30d; throws IllegalArgumentException for another text. */
  public static Duration duration(String text) {
    Matcher match = DURATION.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "must be a time such as 800ms, 10s, 5m, 2h or 30d, is \"" + text + "\"");
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
