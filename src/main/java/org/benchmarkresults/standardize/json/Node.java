package org.benchmarkresults.standardize.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON document, as far as a reader wanted it. Numbers and texts keep the characters
 * of the file.
 */
public sealed interface Node {
  /** Members in the order of the file; those that nobody wanted are missing. */
  record ObjectNode(Map<String, Node> members) implements Node {}

  /**
   * Elements in the order of the file; an element that nobody wanted is null, so that indexes are
   * those of the file.
   */
  record ArrayNode(List<@Nullable Node> elements) implements Node {}

  /** A number, a string, a literal or the text of a non-finite number. */
  record Leaf(Kind kind, String text) implements Node {}

  /** A container of which only the kind and the number of members or elements were read. */
  record Opaque(boolean array, int size) implements Node {}

  /** Kinds of leaves. {@code NON_FINITE} is {@code NaN}, {@code Infinity} or {@code -Infinity}. */
  enum Kind {
    NUMBER,
    NON_FINITE,
    STRING,
    BOOLEAN,
    NULL
  }

  /** The member of an object or the element of an array; null when there is none. */
  default @Nullable Node child(String segment) {
    return switch (this) {
      case ObjectNode object -> object.members().get(segment);
      case ArrayNode array -> element(array, segment);
      case Leaf leaf -> null;
      case Opaque opaque -> null;
    };
  }

  /** The text of a leaf that is neither null nor empty; null for everything else. */
  default @Nullable String told() {
    return this instanceof Leaf(Kind kind, String text) && kind != Kind.NULL && !text.isEmpty()
        ? text
        : null;
  }

  private static @Nullable Node element(ArrayNode array, String segment) {
    if (segment.isEmpty() || segment.length() > 9 || !segment.chars().allMatch(Node::isDigit)) {
      return null;
    }
    int index = Integer.parseInt(segment);
    return index < array.elements().size() ? array.elements().get(index) : null;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
