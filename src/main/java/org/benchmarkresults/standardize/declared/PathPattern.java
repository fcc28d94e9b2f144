package org.benchmarkresults.standardize.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JSON pointer with variables: {@code /results/{task}/{metric:[^,]+},{filter}}. {@code **} as a
 * segment stands for any number of segments.
 */
record PathPattern(String text, List<Segment> segments) {
  /**
   * Several would match a deep document in a number of ways that grows with a power of its depth.
   */
  private static final int MOST_ANY_DEPTHS = 1;

  static final String ANY_DEPTH = "**";

  PathPattern {
    segments = List.copyOf(segments);
  }

  /**
   * @throws IllegalArgumentException when the text is no pattern
   */
  static PathPattern of(String text) {
    if (text.isEmpty()) {
      return new PathPattern(text, List.of());
    }
    if (text.charAt(0) != '/') {
      throw new IllegalArgumentException("'" + text + "' does not begin with '/'");
    }
    List<Segment> segments = new ArrayList<>();
    for (String segment : split(text.substring(1))) {
      segments.add(Segment.of(segment.replace("~1", "/").replace("~0", "~")));
    }
    if (segments.stream().filter(Segment::isAnyDepth).count() > MOST_ANY_DEPTHS) {
      throw new IllegalArgumentException("'" + text + "' has more than one '**'");
    }
    return new PathPattern(text, segments);
  }

  /** This pattern below another one. */
  PathPattern below(PathPattern parent) {
    List<Segment> both = new ArrayList<>(parent.segments);
    both.addAll(segments);
    return new PathPattern(parent.text + text, both);
  }

  /** The variables of all segments. */
  Stream<String> variables() {
    return segments.stream().flatMap(segment -> segment.variables().stream());
  }

  boolean anyDepthAt(int position) {
    return segments.get(position).isAnyDepth();
  }

  /** Splits at slashes that are not inside braces. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int braces = 0;
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character == '\\' && braces > 0 && at + 1 < text.length()) {
        part.append(character).append(text.charAt(++at));
        continue;
      }
      braces += character == '{' ? 1 : character == '}' ? -1 : 0;
      if (character == '/' && braces == 0) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(character);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
