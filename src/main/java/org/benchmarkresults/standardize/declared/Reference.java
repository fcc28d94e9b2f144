package org.benchmarkresults.standardize.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.benchmarkresults.standardize.json.Node;
import org.jspecify.annotations.Nullable;

/**
 * A pointer to another value: {@code /a/b} from the run, {@code ^/a/b} from the document, {@code
 * ../b} from the matched value, where {@code ..} is the container of it. Variables are filled in.
 * {@code POINTER ~ REGEX} takes the first group of the regular expression out of the text, {@code
 * #POINTER} is the number of elements of an array, and a segment {@code [member=text]} is the
 * element of an array whose member has that text.
 *
 * @param up how many levels above the value; -1 from the run, -2 from the document
 */
record Reference(int up, List<String> segments, @Nullable Pattern part, boolean counts) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_][a-z0-9_]*)}");
  private static final Pattern SELECTOR = Pattern.compile("\\[([^=\\]]+)=(.*)]");
  private static final int FROM_RUN = -1;
  private static final int FROM_DOCUMENT = -2;

  Reference {
    segments = List.copyOf(segments);
  }

  /**
   * A value that was found.
   *
   * @param path names and indexes that lead to it
   */
  record Found(Node node, String text, List<String> path) {
    Found {
      path = List.copyOf(path);
    }
  }

  static boolean isOne(String text) {
    return text.startsWith("/")
        || text.startsWith("#/")
        || text.startsWith("#../")
        || text.startsWith("../")
        || text.startsWith("^/");
  }

  /**
   * @throws IllegalArgumentException when the text is none
   */
  static Reference of(String text) {
    int tilde = text.indexOf(" ~ ");
    Pattern part = tilde < 0 ? null : Patterns.of(text.substring(tilde + 3), text);
    String pointer = tilde < 0 ? text : text.substring(0, tilde);
    int up = FROM_RUN;
    boolean counts = pointer.startsWith("#");
    if (counts) {
      pointer = pointer.substring(1);
    }
    if (pointer.startsWith("^")) {
      up = FROM_DOCUMENT;
      pointer = pointer.substring(1);
    } else if (pointer.startsWith("..")) {
      up = 0;
      while (pointer.startsWith("../")) {
        up++;
        pointer = pointer.substring(3);
      }
      pointer = "/" + pointer;
    }
    if (!pointer.startsWith("/")) {
      throw new IllegalArgumentException("'" + text + "' is no pointer");
    }
    List<String> segments =
        pointer.equals("/")
            ? List.of()
            : PathPattern.split(pointer.substring(1)).stream()
                .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
                .toList();
    return new Reference(up, segments, part, counts);
  }

  /** The variables that are filled in. */
  Stream<String> variables() {
    return segments.stream()
        .flatMap(segment -> VARIABLE.matcher(segment).results())
        .map(result -> result.group(1));
  }

  /** The values that it may read, as patterns from the document. */
  List<PathPattern> wanted(PathPattern run, PathPattern match) {
    List<Segment> from =
        switch (up) {
          case FROM_DOCUMENT -> List.of();
          case FROM_RUN -> run.segments();
          default -> match.segments().subList(0, Math.max(0, match.segments().size() - up));
        };
    List<PathPattern> wanted = new ArrayList<>();
    List<Segment> whole = new ArrayList<>(from);
    for (String segment : segments) {
      Matcher selector = SELECTOR.matcher(segment);
      if (selector.matches()) {
        List<Segment> selecting = new ArrayList<>(whole);
        selecting.add(Segment.of("*"));
        selecting.add(Segment.of(selector.group(1)));
        wanted.add(new PathPattern(segment, selecting));
        whole.add(Segment.of("*"));
      } else {
        whole.add(Segment.of(VARIABLE.matcher(segment).replaceAll("{$1:.*}")));
      }
    }
    wanted.add(new PathPattern(String.join("/", segments), whole));
    return wanted;
  }

  /**
   * A value of any kind.
   *
   * @param path names and indexes that lead to it
   */
  record Located(Node node, List<String> path) {
    Located {
      path = List.copyOf(path);
    }
  }

  /** The value, whatever it is; null when there is none. */
  @Nullable Located locate(Scope scope) {
    List<String> where =
        new ArrayList<>(
            switch (up) {
              case FROM_DOCUMENT -> List.<String>of();
              case FROM_RUN -> scope.runPath();
              default -> scope.path().subList(0, Math.max(0, scope.path().size() - up));
            });
    for (String segment : segments) {
      where.add(filled(segment, scope.variables()));
    }
    Node node =
        where.stream().anyMatch(Reference::isSearch)
            ? first(scope.document(), where, 0)
            : scope.find(where);
    return node == null ? null : new Located(node, where);
  }

  /** The value with its text; null when there is none or it is null or empty. */
  @Nullable Found find(Scope scope) {
    Located located = locate(scope);
    if (located == null) {
      return null;
    }
    Node node = located.node();
    List<String> where = located.path();
    String text = counts ? size(node) : node.told();
    if (text == null) {
      return null;
    }
    if (part == null) {
      return new Found(node, text, where);
    }
    Matcher matcher = Patterns.matcher(part, text);
    if (!matcher.find()) {
      return null;
    }
    String group = matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
    return group == null || group.isEmpty() ? null : new Found(node, group, where);
  }

  private static @Nullable String size(Node node) {
    return switch (node) {
      case Node.ArrayNode array -> Integer.toString(array.elements().size());
      case Node.Opaque opaque -> Integer.toString(opaque.size());
      default -> null;
    };
  }

  /** The first value behind a {@code *}; its path takes the place of the pattern's. */
  private static @Nullable Node first(Node from, List<String> where, int done) {
    Node node = from;
    for (int i = done; i < where.size(); i++) {
      if (!isSearch(where.get(i))) {
        node = node.child(where.get(i));
        if (node == null) {
          return null;
        }
        continue;
      }
      for (String name : names(node)) {
        if (!selects(where.get(i), node, name)) {
          continue;
        }
        List<String> tried = new ArrayList<>(where);
        tried.set(i, name);
        Node found = first(node, tried, i);
        if (found != null && found.told() != null) {
          for (int j = i; j < where.size(); j++) {
            where.set(j, tried.get(j));
          }
          return found;
        }
      }
      return null;
    }
    return node;
  }

  private static boolean isSearch(String segment) {
    return segment.equals("*") || SELECTOR.matcher(segment).matches();
  }

  private static boolean selects(String segment, Node node, String name) {
    Matcher selector = SELECTOR.matcher(segment);
    if (!selector.matches()) {
      return true;
    }
    Node child = node.child(name);
    Node member = child == null ? null : child.child(selector.group(1));
    return member != null && selector.group(2).equals(member.told());
  }

  private static List<String> names(Node node) {
    return switch (node) {
      case Node.ObjectNode object -> List.copyOf(object.members().keySet());
      case Node.ArrayNode array -> {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < array.elements().size(); i++) {
          names.add(Integer.toString(i));
        }
        yield names;
      }
      default -> List.of();
    };
  }

  /** A text with the values of variables in it. */
  static String filled(String segment, Map<String, String> variables) {
    if (segment.indexOf('{') < 0) {
      return segment;
    }
    String whole = segment;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      whole = whole.replace("{" + variable.getKey() + "}", variable.getValue());
    }
    return whole;
  }
}
