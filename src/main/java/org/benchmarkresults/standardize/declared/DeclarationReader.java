package org.benchmarkresults.standardize.declared;

import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads declarations out of YAML. One file may hold several, each a YAML document. */
public final class DeclarationReader {
  private static final Set<String> MEMBERS =
      Set.of(
          "adapter",
          "version",
          "tool",
          "format",
          "holds",
          "rank",
          "recognise",
          "runs",
          "skip",
          "model",
          "tokenizer",
          "time",
          "tool_version",
          "dimensions",
          "observations",
          "primary");
  private static final Set<String> RECOGNISE = Set.of("has", "any", "none", "is");
  private static final Set<String> SKIP = Set.of("when", "reason");
  private static final Set<String> RULE =
      Set.of(
          "at",
          "when",
          "strings",
          "quiet",
          "each",
          "failed",
          "list",
          "task",
          "metric",
          "variant",
          "statistic",
          "unit",
          "better",
          "worse",
          "stderr",
          "stderr_over",
          "binomial",
          "n",
          "least",
          "most",
          "low",
          "high",
          "level",
          "dimensions");
  private static final Set<String> HOLDS = Set.of("samples", "configuration", "telemetry");

  private DeclarationReader() {}

  /**
   * Reads all declarations of a file.
   *
   * @throws DeclarationException when one is wrong; the message says where
   */
  static List<Declaration> read(String file, Reader yaml) {
    List<Declaration> all = new ArrayList<>();
    try {
      for (Node document : new Yaml(new SafeConstructor(new LoaderOptions())).composeAll(yaml)) {
        all.add(declaration(new Members(file, document, MEMBERS)));
      }
    } catch (MarkedYAMLException e) {
      throw e.getProblemMark() == null
          ? new DeclarationException(file, String.valueOf(e.getProblem()))
          : new DeclarationException(file, e.getProblemMark(), String.valueOf(e.getProblem()));
    } catch (YAMLException e) {
      throw new DeclarationException(file, "is no YAML: " + e.getMessage());
    }
    if (all.isEmpty()) {
      throw new DeclarationException(file, "holds no declaration");
    }
    return all;
  }

  private static Declaration declaration(Members members) {
    Members recognise = members.mapping("recognise", RECOGNISE);
    Members skip = members.has("skip") ? members.mapping("skip", SKIP) : null;
    List<Members> rules = members.mappings("observations", RULE);
    String holds = members.has("holds") ? members.text("holds", HOLDS) : null;
    if (rules.isEmpty() == (holds == null)) {
      throw members.fault("a format has observations, or 'holds' says what it has instead");
    }
    if (!recognise.has("has") && !recognise.has("any") && !recognise.has("is")) {
      throw recognise.fault("'recognise' needs 'has', 'any' or 'is'");
    }
    Declaration declaration =
        new Declaration(
            members.text("adapter"),
            members.number("version", 1),
            members.text("tool"),
            members.text("format"),
            holds,
            members.number("rank", 0),
            recognise.list("has", PathPattern::of),
            recognise.list("any", PathPattern::of),
            recognise.list("none", PathPattern::of),
            recognise.map("is", PathPattern::of, Patterns::of),
            members.path("runs", ""),
            skip == null ? java.util.Map.of() : conditions(skip),
            skip == null ? "" : skip.text("reason"),
            members.expression("model"),
            members.expression("tokenizer"),
            members.expression("time"),
            members.expression("tool_version"),
            members.expressions("dimensions", name -> name.indexOf('{') < 0),
            members.map(
                "dimensions", name -> name, PathPattern::of, name -> name.indexOf('{') >= 0),
            rules.stream().map(DeclarationReader::rule).toList(),
            members.list("primary", text -> text));
    Variables.check(declaration, members, rules);
    return declaration;
  }

  private static java.util.Map<Expression, Pattern> conditions(Members members) {
    return members.map("when", text -> Expression.of(List.of(text)), Patterns::of);
  }

  private static Rule rule(Members members) {
    return new Rule(
        members.path("at"),
        conditions(members),
        members.flag("strings"),
        members.flag("quiet"),
        members.pattern("each"),
        members.flag("failed"),
        members.flag("list"),
        members.expression("task"),
        members.expression("metric"),
        members.expression("variant"),
        members.expression("statistic"),
        members.expression("unit"),
        members.expression("better"),
        members.flag("worse"),
        members.expression("stderr"),
        members.expression("stderr_over"),
        members.flag("binomial"),
        members.expression("n"),
        members.expression("least"),
        members.expression("most"),
        members.expression("low"),
        members.expression("high"),
        members.expression("level"),
        members.expressions("dimensions"));
  }
}
