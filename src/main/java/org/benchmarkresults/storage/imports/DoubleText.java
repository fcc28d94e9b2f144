package org.benchmarkresults.storage.imports;

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
    int e = text.indexOf('E');
    return e < 0 ? text : rewritten(text, e);
  }

  private static String rewritten(String text, int e) {
    int exponent = Integer.parseInt(text.substring(e + 1));
    int start = text.charAt(0) == '-' ? 1 : 0;
    String fraction = text.substring(start + 2, e);
    String digits = text.charAt(start) + (fraction.equals("0") ? "" : fraction);
    String sign = text.substring(0, start);
    if (exponent == -4) {
      return sign + "0.000" + digits;
    }
    return sign
        + (exponent >= 0 && exponent < 16 ? plain(digits, exponent) : scientific(digits, exponent));
  }

  private static String plain(String digits, int exponent) {
    int whole = exponent + 1;
    return digits.length() > whole
        ? digits.substring(0, whole) + '.' + digits.substring(whole)
        : digits + "0".repeat(whole - digits.length()) + ".0";
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String size = Integer.toString(Math.abs(exponent));
    return mantissa + (exponent < 0 ? "e-" : "e+") + (size.length() == 1 ? "0" : "") + size;
  }
}
