package org.benchmarkresults.standardize.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.standardize.json.Node;
import org.jspecify.annotations.Nullable;

/**
 * Where an expression is evaluated: a document, the run in it, and the value that a rule matched.
 *
 * @param runPath names and indexes from the document to the run
 * @param path names and indexes from the document to the matched value
 * @param variables values of the pattern's variables
 */
record Scope(
    Node document, List<String> runPath, List<String> path, Map<String, String> variables) {
  Scope {
    runPath = List.copyOf(runPath);
    path = List.copyOf(path);
  }

  static Scope ofRun(Node document, List<String> runPath, Map<String, String> variables) {
    return new Scope(document, runPath, runPath, variables);
  }

  Scope at(Matches.Match match) {
    List<String> whole = new ArrayList<>(runPath);
    whole.addAll(match.path());
    Map<String, String> both = new java.util.LinkedHashMap<>(variables);
    both.putAll(match.variables());
    return new Scope(document, runPath, whole, both);
  }

  @Nullable Node find(List<String> where) {
    Node node = document;
    for (String segment : where) {
      node = node == null ? null : node.child(segment);
    }
    return node;
  }
}
