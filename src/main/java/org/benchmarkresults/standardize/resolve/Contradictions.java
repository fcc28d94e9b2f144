package org.benchmarkresults.standardize.resolve;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.model.observation.Contradiction;
import org.benchmarkresults.standardize.NumberText;
import org.jspecify.annotations.Nullable;

/** Collects dimensions that two sources give different values, each difference once. */
final class Contradictions {
  static final String CONTEXT = "context";
  static final String ENVELOPE = "envelope";
  static final String FILE = "file";

  /** A context that is wrong for each row of a table need not be told for each. */
  private static final int MOST = 100;

  private final Set<Contradiction> found = new LinkedHashSet<>();

  /** Compares two values; what does not tell anything contradicts nothing. */
  void compare(
      String dimension,
      @Nullable String used,
      String usedFrom,
      @Nullable String other,
      String otherFrom,
      @Nullable String pointer) {
    if (used != null && other != null && found.size() < MOST && !isSame(used, other)) {
      found.add(new Contradiction(dimension, used, usedFrom, other, otherFrom, pointer));
    }
  }

  /** Compares numbers as numbers: {@code 5}, {@code 5.0} and {@code "5"} are the same. */
  private static boolean isSame(String one, String other) {
    if (one.equalsIgnoreCase(other)) {
      return one.equals(other) || one.equalsIgnoreCase("true") || one.equalsIgnoreCase("false");
    }
    BigDecimal number = NumberText.read(one);
    BigDecimal otherNumber = number == null ? null : NumberText.read(other);
    return number != null && otherNumber != null && number.compareTo(otherNumber) == 0;
  }

  List<Contradiction> all() {
    return new ArrayList<>(found);
  }
}
