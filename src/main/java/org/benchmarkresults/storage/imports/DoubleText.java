package org.benchmarkresults.storage.imports;

import java.math.BigDecimal;

/**
 * Formats doubles as Python's {@code repr} does, as the clients of the legacy service sent them:
 * the shortest digits that identify the double, without exponent from 1e-4 up to 1e16.
 */
final class DoubleText {
  private DoubleText() {}

  /** A JSON number, or {@code NaN}, {@code Infinity} or {@code -Infinity}. */
  static String of(double value) {
    // Java's digits are the shortest too, but it writes exponents below 1e-3 and from 1e7.
    String text = Double.toString(value);
    int mark = text.indexOf('E');
    if (mark < 0) {
      return text;
    }
    int exponent = Integer.parseInt(text.substring(mark + 1));
    if (exponent >= -4 && exponent < 16) {
      String plain = new BigDecimal(text).stripTrailingZeros().toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = text.substring(0, mark);
    String mantissa = digits.endsWith(".0") ? digits.substring(0, mark - 2) : digits;
    int size = Math.abs(exponent);
    return mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
  }
}
