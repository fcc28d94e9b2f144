package org.benchmarkresults.standardize;

import java.math.BigDecimal;
import org.benchmarkresults.standardize.json.Node;
import org.benchmarkresults.standardize.json.Node.Kind;
import org.benchmarkresults.standardize.json.Node.Leaf;
import org.jspecify.annotations.Nullable;

/** Numbers as files have them. */
public final class NumberText {
  /** Longer texts are no measurement, and exact arithmetic with them takes long. */
  private static final int LONGEST = 400;

  private NumberText() {}

  /** The number that a text is; null when it is none, or none that a double can hold. */
  public static @Nullable BigDecimal read(String text) {
    if (text.isEmpty() || text.length() > LONGEST || !looksLikeOne(text)) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > LONGEST || !Double.isFinite(number.doubleValue())
          ? null
          : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean looksLikeOne(String text) {
    char first = text.charAt(0);
    return first == '-' || first == '+' || first == '.' || (first >= '0' && first <= '9');
  }

  /** Why a value is no number. */
  public static String reason(Node node) {
    if (node instanceof Leaf(Kind kind, String text)) {
      return switch (kind) {
        case NULL -> "null is no number";
        case NON_FINITE -> text + " is no finite number";
        case BOOLEAN -> text + " is no number";
        case STRING ->
            "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\" is no number";
        case NUMBER -> text + " is beyond what a double can hold";
      };
    }
    return isEmpty(node) ? "empty: the task failed" : "no number stands here";
  }

  /** Whether a container holds nothing. */
  public static boolean isEmpty(Node node) {
    return switch (node) {
      case Node.ObjectNode object -> object.members().isEmpty();
      case Node.ArrayNode array -> array.elements().isEmpty();
      case Node.Opaque opaque -> opaque.size() == 0;
      case Leaf leaf -> false;
    };
  }
}
