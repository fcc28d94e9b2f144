package org.benchmarkresults.standardize.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Text made of a file's values: alternatives, of which the first that has all its values counts. An
 * alternative is a {@link Reference}, or text with {@code {variable}} and {@code {pointer}} in it;
 * {@code {x?}} may be missing, and a slash beside a missing part is dropped; {@code
 * {pointer|lower}} is in small letters.
 */
record Expression(List<List<Part>> alternatives) {
  private static final String LOWER = "|lower";
  static final Expression NONE = new Expression(List.of());

  Expression {
    alternatives = List.copyOf(alternatives);
  }

  /** A piece of an alternative. */
  sealed interface Part {
    /** Text as it is. */
    record Literal(String text) implements Part {}

    /** The value of a variable. */
    record Variable(String name, boolean optional) implements Part {}

    /** The text of another value, in small letters where {@code lower} says so. */
    record Other(Reference reference, boolean optional, boolean lower) implements Part {}
  }

  /** A text, and the value it was taken from where it is one value's. */
  record Result(String text, Reference.@Nullable Found from) {}

  static Expression of(List<String> texts) {
    return new Expression(texts.stream().map(Expression::parts).toList());
  }

  private static List<Part> parts(String text) {
    if (Reference.isOne(text)) {
      return List.of(new Part.Other(Reference.of(text), false, false));
    }
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int close = open < 0 ? -1 : text.indexOf('}', open);
      if (open < 0) {
        parts.add(new Part.Literal(text.substring(at)));
        break;
      }
      if (close < 0) {
        throw new IllegalArgumentException("a '{' is not closed in " + text);
      }
      if (open > at) {
        parts.add(new Part.Literal(text.substring(at, open)));
      }
      String inside = text.substring(open + 1, close);
      boolean optional = inside.endsWith("?");
      String rest = optional ? inside.substring(0, inside.length() - 1) : inside;
      boolean lower = rest.endsWith(LOWER);
      String name = lower ? rest.substring(0, rest.length() - LOWER.length()) : rest;
      parts.add(
          Reference.isOne(name)
              ? new Part.Other(Reference.of(name), optional, lower)
              : new Part.Variable(name, optional));
      at = close + 1;
    }
    return parts;
  }

  boolean isNone() {
    return alternatives.isEmpty();
  }

  Stream<Reference> references() {
    return alternatives.stream()
        .flatMap(List::stream)
        .filter(Part.Other.class::isInstance)
        .map(part -> ((Part.Other) part).reference());
  }

  /** The variables that the alternatives and their pointers use. */
  Stream<String> variables() {
    Stream<String> direct =
        alternatives.stream()
            .flatMap(List::stream)
            .filter(Part.Variable.class::isInstance)
            .map(part -> ((Part.Variable) part).name());
    return Stream.concat(direct, references().flatMap(Reference::variables));
  }

  /** The alternatives that are text as it is. */
  Stream<String> literals() {
    return alternatives.stream()
        .filter(parts -> parts.size() == 1 && parts.getFirst() instanceof Part.Literal)
        .map(parts -> ((Part.Literal) parts.getFirst()).text());
  }

  @Nullable String text(Scope scope) {
    Result result = evaluate(scope);
    return result == null ? null : result.text();
  }

  @Nullable Result evaluate(Scope scope) {
    for (List<Part> alternative : alternatives) {
      Result result = evaluate(alternative, scope);
      if (result != null && !result.text().isEmpty()) {
        return result;
      }
    }
    return null;
  }

  private static @Nullable Result evaluate(List<Part> parts, Scope scope) {
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Other other && !other.lower()) {
      Reference.Found found = other.reference().find(scope);
      return found == null ? null : new Result(found.text(), found);
    }
    StringBuilder text = new StringBuilder();
    boolean missing = false;
    for (Part part : parts) {
      String value =
          switch (part) {
            case Part.Literal literal -> literal.text();
            case Part.Variable variable -> scope.variables().get(variable.name());
            case Part.Other other -> {
              Reference.Found found = other.reference().find(scope);
              yield found == null
                  ? null
                  : other.lower() ? found.text().toLowerCase(Locale.ROOT) : found.text();
            }
          };
      if (value == null || value.isEmpty()) {
        if (!(part instanceof Part.Variable(String name, boolean optional) && optional)
            && !(part instanceof Part.Other(Reference reference, boolean may, boolean lower)
                && may)) {
          return null;
        }
        missing = true;
        continue;
      }
      text.append(value);
    }
    String whole = text.toString();
    return new Result(missing ? whole.replaceAll("/+", "/").replaceAll("^/|/$", "") : whole, null);
  }
}
