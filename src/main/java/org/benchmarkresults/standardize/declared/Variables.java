package org.benchmarkresults.standardize.declared;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks what a declaration says against itself: variables, groups and directions. */
final class Variables {
  private static final Set<String> DIRECTIONS =
      Set.of("higher", "lower", "none", "true", "false", "maximize", "minimize", "max", "min");

  private Variables() {}

  /**
   * @param rules the members of the declaration's rules, in their order
   * @throws DeclarationException when a variable is used that no pattern has, when {@code each}
   *     lacks a group, or when {@code better} is no direction
   */
  static void check(Declaration declaration, Members members, List<Members> rules) {
    Set<String> ofRun = new HashSet<>(declaration.runs().variables().toList());
    used(members, "model", declaration.model(), ofRun);
    used(members, "tokenizer", declaration.tokenizer(), ofRun);
    used(members, "time", declaration.time(), ofRun);
    used(members, "tool_version", declaration.toolVersion(), ofRun);
    used(members, "dimensions", declaration.dimensions(), ofRun);
    for (Expression condition : declaration.skip().keySet()) {
      used(members, "skip", condition, ofRun);
    }
    declaration
        .namedDimensions()
        .forEach(
            (name, at) -> {
              Set<String> known = new HashSet<>(at.variables().toList());
              used(members, "dimensions", Expression.of(List.of(name)), known);
            });
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = declaration.rules().get(i);
      int deepest = rule.at().below(declaration.runs()).segments().size();
      check(rule, rules.get(i), ofRun, deepest);
    }
  }

  private static void check(Rule rule, Members members, Set<String> ofRun, int deepest) {
    Set<String> known = new HashSet<>(ofRun);
    known.addAll(rule.at().variables().toList());
    for (Expression condition : rule.when().keySet()) {
      used(members, "when", condition, known);
    }
    Pattern each = rule.each();
    if (each != null) {
      if (!each.namedGroups().keySet().containsAll(Set.of("metric", "value"))) {
        throw members.fault("each", "'each' needs the groups (?<metric>...) and (?<value>...)");
      }
      known.add("metric");
    }
    rule.named().forEach((name, expression) -> used(members, name, expression, known));
    rule.named().forEach((name, expression) -> inside(rule, members, name, expression, deepest));
    used(members, "dimensions", rule.dimensions(), known);
    rule.better()
        .literals()
        .filter(text -> !DIRECTIONS.contains(text))
        .findFirst()
        .ifPresent(
            text -> {
              throw members.fault(
                  "better", "'" + text + "' is no direction: higher, lower, none, or a pointer");
            });
  }

  private static void inside(
      Rule rule, Members members, String name, Expression expression, int deepest) {
    boolean anyDepth = rule.at().segments().stream().anyMatch(Segment::isAnyDepth);
    if (!anyDepth && expression.references().anyMatch(reference -> reference.up() > deepest)) {
      throw members.fault(name, "'../' leads above the document");
    }
  }

  private static void used(
      Members members, String name, Map<String, Expression> expressions, Set<String> known) {
    expressions.values().forEach(expression -> used(members, name, expression, known));
  }

  private static void used(Members members, String name, Expression expression, Set<String> known) {
    expression
        .variables()
        .filter(variable -> !known.contains(variable))
        .findFirst()
        .ifPresent(
            variable -> {
              throw members.fault(name, unknown(variable, known));
            });
  }

  private static String unknown(String variable, Set<String> known) {
    return "no pattern here has the variable {"
        + variable
        + "}; "
        + (known.isEmpty() ? "there are none" : "there are " + new TreeSet<>(known));
  }
}
