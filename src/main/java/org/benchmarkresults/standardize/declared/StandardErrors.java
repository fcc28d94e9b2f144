package org.benchmarkresults.standardize.declared;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Standard errors that follow from what a file tells. */
final class StandardErrors {
  private StandardErrors() {}

  /** The standard error of a share of n that succeeded; null when it is none, or n is not known. */
  static @Nullable Double ofShare(BigDecimal value, @Nullable Long n) {
    double share = value.doubleValue();
    return n == null || share < 0 || share > 1 ? null : (Double) Math.sqrt(share * (1 - share) / n);
  }

  /**
   * The file's own number, divided by the root of the number of values where it is their standard
   * deviation; null where there is one value, which has no spread.
   */
  static @Nullable Double ofMean(@Nullable Double told, Expression over, Scope scope) {
    if (told == null || over.isNone()) {
      return told;
    }
    Long values = ValueReader.count(over, scope);
    return values == null || values < 2 ? null : (Double) (told / Math.sqrt(values));
  }
}
