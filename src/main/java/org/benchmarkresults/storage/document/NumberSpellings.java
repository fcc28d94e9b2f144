package org.benchmarkresults.storage.document;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Value;
import org.jspecify.annotations.Nullable;

/**
 * The texts that one number is found by. 4, 4.0 and 40e-1 are one number, so that a document holds
 * beside the spelling that was sent the plain one, and a question asks for both. What was stored
 * before documents held the plain one is found by the spellings that programs give a number.
 */
public final class NumberSpellings {
  /** RFC 8259, section 6. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private static final Pattern PLAIN_INTEGER = Pattern.compile("-?[1-9]\\d{0,39}|0");

  /** Longer numbers are written with an exponent. */
  private static final int MOST_ZEROS = 40;

  /** Programs write an exponent from 1e5 on (C, pandas) or 1e-4 down. */
  private static final int LEAST_EXPONENT = 4;

  /** The spelling of C's %f. */
  private static final int MOST_ADDED_ZEROS = 6;

  /** Each spelling is a point of the index, and each number has some forty with the rare ones. */
  private static final int FEW_CONDITIONS = 6;

  private NumberSpellings() {}

  /** The spelling that all equal numbers share; null when the text is no JSON number. */
  public static @Nullable String plain(String text) {
    if (PLAIN_INTEGER.matcher(text).matches()) {
      return text;
    }
    BigDecimal number = number(text);
    return number == null ? null : plain(number);
  }

  private static @Nullable BigDecimal number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    try {
      return new BigDecimal(text).stripTrailingZeros();
    } catch (NumberFormatException | ArithmeticException e) {
      // An exponent of ten digits and more: such a number equals its own spelling alone.
      return null;
    }
  }

  private static String plain(BigDecimal number) {
    return isPlain(number)
        ? number.toPlainString()
        : number.unscaledValue() + "E" + -(long) number.scale();
  }

  private static boolean isPlain(BigDecimal number) {
    return Math.abs((long) number.scale()) <= MOST_ZEROS;
  }

  /** The filter with each number that a further member is to equal in all its spellings. */
  public static Filter expanded(Filter filter) {
    return expanded(filter, leaves(filter));
  }

  private static int leaves(Filter filter) {
    return switch (filter) {
      case Filter.All all -> all.parts().stream().mapToInt(NumberSpellings::leaves).sum();
      case Filter.Any any -> any.parts().stream().mapToInt(NumberSpellings::leaves).sum();
      case Filter.Not not -> leaves(not.part());
      default -> 1;
    };
  }

  private static Filter expanded(Filter filter, int leaves) {
    return switch (filter) {
      case Filter.All all ->
          new Filter.All(all.parts().stream().map(part -> expanded(part, leaves)).toList());
      case Filter.Any any ->
          new Filter.Any(any.parts().stream().map(part -> expanded(part, leaves)).toList());
      case Filter.Not not -> new Filter.Not(expanded(not.part(), leaves));
      case Filter.OneOf oneOf when oneOf.field().own() == null -> expanded(oneOf, leaves);
      default -> filter;
    };
  }

  private static Filter expanded(Filter.OneOf oneOf, int leaves) {
    List<String> texts =
        oneOf.values().stream()
            .filter(Value.Text.class::isInstance)
            .map(value -> ((Value.Text) value).text())
            .toList();
    boolean rare = texts.size() * leaves <= FEW_CONDITIONS;
    Set<Value> values = new LinkedHashSet<>(oneOf.values());
    for (String text : texts) {
      spellings(text, rare).stream().map(Value.Spelling::new).forEach(values::add);
    }
    return new Filter.OneOf(oneOf.field(), List.copyOf(values));
  }

  /**
   * The spellings of a number but the given one.
   *
   * @param rare whether those too that hardly any program writes
   */
  private static Set<String> spellings(String text, boolean rare) {
    BigDecimal number = number(text);
    if (number == null) {
      return Set.of();
    }
    Set<String> spellings = new LinkedHashSet<>();
    spellings.add(plain(number));
    if (number.signum() == 0) {
      for (String zero : List.of("0", "0.0", "0.00", "0e0", "0E0", "0e+00", "0.0e0", "0.0E0")) {
        spellings.add(zero);
        spellings.add("-" + zero);
      }
    } else {
      addWithZeros(number, rare ? MOST_ADDED_ZEROS : 2, spellings);
      addScientific(number, rare, spellings);
    }
    spellings.remove(text);
    return spellings;
  }

  private static void addWithZeros(BigDecimal number, int most, Set<String> spellings) {
    if (isPlain(number)) {
      String longer = number.toPlainString() + (number.scale() <= 0 ? "." : "");
      for (int zeros = 1; zeros <= most; zeros++) {
        spellings.add(longer + "0".repeat(zeros));
      }
    }
  }

  /** The spellings of Python, JavaScript, Go, C and Java. */
  private static void addScientific(BigDecimal number, boolean rare, Set<String> spellings) {
    long exponent = number.precision() - (long) number.scale() - 1;
    if (!rare && Math.abs(exponent) < LEAST_EXPONENT) {
      return;
    }
    String digits = number.unscaledValue().abs().toString();
    String sign = number.signum() < 0 ? "-" : "";
    if (digits.length() == 1) {
      addExponents(sign + digits, exponent, rare, spellings);
      addExponents(sign + digits + ".0", exponent, rare, spellings);
    } else {
      addExponents(sign + digits.charAt(0) + "." + digits.substring(1), exponent, rare, spellings);
    }
    if (rare) {
      addExponents(sign + digits, -(long) number.scale(), true, spellings);
      addExponents(sign + digits + "0", -(long) number.scale() - 1, true, spellings);
      addExponents(sign + "0." + digits, exponent + 1, true, spellings);
    }
  }

  private static void addExponents(
      String mantissa, long exponent, boolean rare, Set<String> spellings) {
    spellings.add(mantissa + "e" + exponent);
    spellings.add(mantissa + "E" + exponent);
    spellings.add(mantissa + String.format(Locale.ROOT, "e%+d", exponent));
    spellings.add(mantissa + String.format(Locale.ROOT, "e%+03d", exponent));
    if (rare) {
      spellings.add(mantissa + String.format(Locale.ROOT, "E%+d", exponent));
      spellings.add(mantissa + String.format(Locale.ROOT, "E%+03d", exponent));
    }
  }
}
