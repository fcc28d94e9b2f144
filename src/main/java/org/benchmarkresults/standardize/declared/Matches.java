package org.benchmarkresults.standardize.declared;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.standardize.json.Node;
import org.benchmarkresults.standardize.json.Node.ArrayNode;
import org.benchmarkresults.standardize.json.Node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Finds the values that a path pattern leads to, in the order of the file. */
final class Matches {
  /**
   * @param path names and indexes from the node that was searched
   * @param variables values of the pattern's variables
   */
  record Match(List<String> path, Node node, Map<String, String> variables) {}

  private final PathPattern pattern;
  private final List<Match> found = new ArrayList<>();
  private final Deque<String> path = new ArrayDeque<>();

  private Matches(PathPattern pattern) {
    this.pattern = pattern;
  }

  static List<Match> of(PathPattern pattern, Node from) {
    Matches matches = new Matches(pattern);
    matches.walk(from, 0, Map.of());
    return matches.found;
  }

  private void walk(Node node, int done, Map<String, String> variables) {
    if (done == pattern.segments().size()) {
      found.add(new Match(List.copyOf(path), node, variables));
      return;
    }
    if (pattern.anyDepthAt(done)) {
      walk(node, done + 1, variables);
      children(node, (name, child) -> descend(name, child, done, variables));
      return;
    }
    Segment segment = pattern.segments().get(done);
    String literal = segment.literal();
    if (literal != null) {
      Node child = node.child(literal);
      if (child != null) {
        descend(literal, child, done + 1, variables);
      }
      return;
    }
    children(
        node,
        (name, child) -> {
          Map<String, String> captured = new LinkedHashMap<>(variables);
          if (segment.capture(name, captured)) {
            descend(name, child, done + 1, captured);
          }
        });
  }

  private void descend(String name, Node child, int done, Map<String, String> variables) {
    path.addLast(name);
    walk(child, done, variables);
    path.removeLast();
  }

  private interface Visitor {
    void visit(String name, Node child);
  }

  private static void children(Node node, Visitor visitor) {
    if (node instanceof ObjectNode object) {
      object.members().forEach(visitor::visit);
    } else if (node instanceof ArrayNode array) {
      List<@Nullable Node> elements = array.elements();
      for (int i = 0; i < elements.size(); i++) {
        Node element = elements.get(i);
        if (element != null) {
          visitor.visit(Integer.toString(i), element);
        }
      }
    }
  }
}
