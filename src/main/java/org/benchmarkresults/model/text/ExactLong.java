package org.benchmarkresults.model.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers that a long holds exactly and a binary64 does not, in any spelling that JSON has.
 */
public final class ExactLong {
  private ExactLong() {}

  /** The number that the text of a JSON number means; null where a binary64 does as well. */
  public static @Nullable Long of(String jsonNumber) {
    try {
      return of(new BigDecimal(jsonNumber).stripTrailingZeros());
    } catch (NumberFormatException | ArithmeticException e) {
      // An exponent of ten digits and more.
      return null;
    }
  }

  private static @Nullable Long of(BigDecimal number) {
    if (number.scale() > 0 || number.precision() - (long) number.scale() > 19) {
      return null;
    }
    BigInteger whole = number.toBigInteger();
    boolean isExact = new BigDecimal(number.doubleValue()).compareTo(number) == 0;
    return isExact || whole.bitLength() > 63 ? null : Long.valueOf(whole.longValue());
  }
}
