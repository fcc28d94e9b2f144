package org.benchmarkresults.standardize.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One segment of a path pattern: a name as it is, or text with variables. {@code {x}} stands for
 * anything, {@code {x:REGEX}} for what the regular expression matches, {@code *} for any whole
 * segment.
 */
final class Segment {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");

  private final @Nullable String literal;
  private final @Nullable Pattern pattern;
  private final List<String> variables;

  private Segment(@Nullable String literal, @Nullable Pattern pattern, List<String> variables) {
    this.literal = literal;
    this.pattern = pattern;
    this.variables = variables;
  }

  /**
   * @throws IllegalArgumentException when a variable or a regular expression is malformed
   */
  static Segment of(String text) {
    if (text.equals("*")) {
      return new Segment(null, null, List.of());
    }
    if (text.indexOf('{') < 0) {
      return new Segment(text, null, List.of());
    }
    StringBuilder regex = new StringBuilder();
    List<String> variables = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      if (open < 0) {
        regex.append(Pattern.quote(text.substring(at)));
        break;
      }
      regex.append(Pattern.quote(text.substring(at, open)));
      int close = closing(text, open);
      String inside = text.substring(open + 1, close);
      int colon = inside.indexOf(':');
      String name = colon < 0 ? inside : inside.substring(0, colon);
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("'" + name + "' is no name of a variable in " + text);
      }
      variables.add(name);
      regex
          .append("(?<")
          .append(name.replace("_", "X"))
          .append('>')
          .append(
              colon < 0
                  ? anything(open == 0 && close == text.length() - 1)
                  : inside.substring(colon + 1))
          .append(')');
      at = close + 1;
    }
    return new Segment(null, Patterns.of(regex.toString(), text), List.copyOf(variables));
  }

  /** A name may be empty; a part of one that is would be ambiguous. */
  private static String anything(boolean isWhole) {
    return isWhole ? ".*" : ".+?";
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int at = open; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character == '\\') {
        at++;
      } else if (character == '{') {
        depth++;
      } else if (character == '}' && --depth == 0) {
        return at;
      }
    }
    throw new IllegalArgumentException("a '{' is not closed in " + text);
  }

  boolean matches(String name) {
    if (literal != null) {
      return literal.equals(name);
    }
    return pattern == null || Patterns.matcher(pattern, name).matches();
  }

  /** The name itself when the segment is one; null when it stands for several. */
  @Nullable String literal() {
    return literal;
  }

  /** Whether it stands for any number of segments. */
  boolean isAnyDepth() {
    return PathPattern.ANY_DEPTH.equals(literal);
  }

  List<String> variables() {
    return variables;
  }

  /** Adds the values of the variables in a name that matches; false when it does not match. */
  boolean capture(String name, Map<String, String> into) {
    if (literal != null || pattern == null) {
      return literal == null || literal.equals(name);
    }
    Matcher matcher = Patterns.matcher(pattern, name);
    if (!matcher.matches()) {
      return false;
    }
    for (String variable : variables) {
      String value = matcher.group(variable.replace("_", "X"));
      into.put(variable, value == null ? "" : value);
    }
    return true;
  }
}
