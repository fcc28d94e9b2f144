package org.benchmarkresults.standardize.declared;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Run;
import org.benchmarkresults.standardize.Findings;
import org.benchmarkresults.standardize.NumberText;
import org.benchmarkresults.standardize.RunTimes;
import org.benchmarkresults.standardize.json.Document;
import org.benchmarkresults.standardize.json.Node;
import org.benchmarkresults.standardize.json.Node.Kind;
import org.benchmarkresults.standardize.json.Node.Leaf;

/** Applies a declaration to one run. */
final class RunReader {
  /** Texts that tools write where a number would stand. */
  private static final Set<String> MISSING =
      Set.of("n/a", "na", "nan", "none", "null", "inf", "-inf", "infinity", "-infinity");

  private final Declaration declaration;
  private final Primaries primaries;
  private final Document document;
  private final Findings findings;
  private final ValueReader values;

  RunReader(
      Declaration declaration,
      Dictionary dictionary,
      Primaries primaries,
      Document document,
      Findings findings) {
    this.declaration = declaration;
    this.primaries = primaries;
    this.document = document;
    this.findings = findings;
    this.values = new ValueReader(declaration.tool(), dictionary, document, findings);
  }

  void read(Matches.Match match) {
    Scope scope = Scope.ofRun(document.root(), match.path(), match.variables());
    findings.toolVersion(declaration.toolVersion().text(scope));
    int run = findings.addRun(run(match, scope));
    if (!declaration.skip().isEmpty() && holds(declaration.skip(), scope)) {
      findings.notUnderstood(pointer(match.path()), declaration.skipReason());
      return;
    }
    int first = findings.observations().size();
    for (Rule rule : declaration.rules()) {
      for (Matches.Match value : Matches.of(rule.at(), match.node())) {
        read(rule, scope.at(value), value.node(), run);
      }
    }
    primaries.choose(findings.observations().subList(first, findings.observations().size()));
  }

  private Run run(Matches.Match match, Scope scope) {
    Expression.Result time = declaration.time().evaluate(scope);
    return new Run(
        pointer(match.path()),
        declaration.model().text(scope),
        declaration.tokenizer().text(scope),
        time == null || time.from() == null
            ? null
            : RunTimes.of(time.text(), pointer(time.from().path())),
        dimensions(match.node(), scope));
  }

  private List<Dimension> dimensions(Node run, Scope scope) {
    List<Dimension> dimensions = ValueReader.dimensions(declaration.dimensions(), scope);
    declaration
        .namedDimensions()
        .forEach(
            (named, at) -> {
              for (Matches.Match value : Matches.of(at, run)) {
                String name = Reference.filled(named, value.variables());
                String text = value.node().told();
                if (text != null) {
                  boolean number = value.node() instanceof Leaf leaf && leaf.kind() == Kind.NUMBER;
                  dimensions.add(new Dimension(name, text, number));
                }
              }
            });
    return dimensions;
  }

  private static boolean holds(Map<Expression, Pattern> conditions, Scope scope) {
    for (Map.Entry<Expression, Pattern> condition : conditions.entrySet()) {
      String text = condition.getKey().text(scope);
      if (!Patterns.matcher(condition.getValue(), text == null ? "" : text).find()) {
        return false;
      }
    }
    return true;
  }

  private void read(Rule rule, Scope scope, Node node, int run) {
    if (!holds(rule.when(), scope)) {
      return;
    }
    String pointer = pointer(scope.path());
    if (rule.failed()) {
      if (NumberText.isEmpty(node)) {
        findings.notUnderstood(pointer, "empty: the task failed");
      }
      return;
    }
    if (findings.has(pointer)) {
      return;
    }
    if (rule.each() != null && node instanceof Leaf leaf) {
      readEach(rule.each(), rule, scope, leaf.text(), run);
      return;
    }
    if (rule.list() && node instanceof Node.ArrayNode array) {
      values.readList(rule, scope, array, run);
      return;
    }
    BigDecimal number =
        node instanceof Leaf(Kind kind, String text)
                && (kind == Kind.NUMBER || (kind == Kind.STRING && rule.strings()))
            ? NumberText.read(text)
            : null;
    if (number == null && rule.quiet() && !isMissingNumber(node)) {
      return;
    }
    if (number == null) {
      findings.notUnderstood(pointer, NumberText.reason(node));
      return;
    }
    findings.add(values.observation(rule, scope, ((Leaf) node).text(), number, run));
  }

  private static boolean isMissingNumber(Node node) {
    return node instanceof Leaf(Kind kind, String text)
        && (kind == Kind.NULL
            || kind == Kind.NON_FINITE
            || kind == Kind.NUMBER
            || (kind == Kind.STRING && MISSING.contains(text.toLowerCase(Locale.ROOT))));
  }

  private void readEach(Pattern each, Rule rule, Scope scope, String text, int run) {
    Matcher matcher = Patterns.matcher(each, text);
    String pointer = pointer(scope.path());
    boolean found = false;
    while (matcher.find()) {
      BigDecimal number = NumberText.read(matcher.group("value"));
      if (number != null) {
        Map<String, String> variables = new LinkedHashMap<>(scope.variables());
        variables.put("metric", matcher.group("metric"));
        Scope inner = new Scope(scope.document(), scope.runPath(), scope.path(), variables);
        findings.addAnother(values.observation(rule, inner, matcher.group("value"), number, run));
        found = true;
      }
    }
    if (!found) {
      findings.notUnderstood(pointer, "no number is found in the text");
    }
  }

  private String pointer(List<String> path) {
    return document.pointer(path);
  }
}
