package org.benchmarkresults.standardize.declared;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.metric.Metric;
import org.benchmarkresults.metric.Units;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.standardize.Findings;
import org.benchmarkresults.standardize.NumberText;
import org.benchmarkresults.standardize.Statistics;
import org.benchmarkresults.standardize.json.Document;
import org.benchmarkresults.standardize.json.Node;
import org.benchmarkresults.standardize.json.Node.Kind;
import org.benchmarkresults.standardize.json.Node.Leaf;
import org.jspecify.annotations.Nullable;

/** Makes observations of the numbers that a rule matches. */
final class ValueReader {
  private final String tool;
  private final Dictionary dictionary;
  private final Document document;
  private final Findings findings;

  ValueReader(String tool, Dictionary dictionary, Document document, Findings findings) {
    this.tool = tool;
    this.dictionary = dictionary;
    this.document = document;
    this.findings = findings;
  }

  /** The observation of a number. */
  Observation observation(Rule rule, Scope scope, String text, BigDecimal number, int run) {
    String statistic = or(rule.statistic().text(scope), "value");
    return observation(rule, scope, text, number, statistic, count(rule.n(), scope), run);
  }

  /** The median, the least and the greatest of an array of numbers, or its only number. */
  void readList(Rule rule, Scope scope, Node.ArrayNode array, int run) {
    List<Listed> numbers = new ArrayList<>();
    for (int i = 0; i < array.elements().size(); i++) {
      List<String> path = new ArrayList<>(scope.path());
      path.add(Integer.toString(i));
      Node element = array.elements().get(i);
      BigDecimal number =
          element instanceof Leaf(Kind kind, String text) && kind == Kind.NUMBER
              ? NumberText.read(text)
              : null;
      if (number != null) {
        numbers.add(new Listed(path, ((Leaf) element).text(), number));
      } else if (element != null) {
        findings.notUnderstood(document.pointer(path), NumberText.reason(element));
      }
    }
    if (numbers.size() == 1) {
      String statistic = or(rule.statistic().text(scope), "value");
      add(rule, scope, numbers.getFirst(), statistic, count(rule.n(), scope), run);
    } else if (!numbers.isEmpty()) {
      numbers.sort(Comparator.comparing(Listed::number));
      Long n = (long) numbers.size();
      add(rule, scope, numbers.get((numbers.size() - 1) / 2), "median", n, run);
      add(rule, scope, numbers.getFirst(), "min", n, run);
      add(rule, scope, numbers.getLast(), "max", n, run);
    }
  }

  /** A number of an array. */
  private record Listed(List<String> path, String text, BigDecimal number) {
    private Listed {
      path = List.copyOf(path);
    }
  }

  private void add(
      Rule rule, Scope scope, Listed listed, String statistic, @Nullable Long n, int run) {
    Observation observation =
        observation(rule, scope, listed.text(), listed.number(), statistic, n, run);
    findings.add(observation.at(document.pointer(listed.path())));
  }

  private Observation observation(
      Rule rule,
      Scope scope,
      String text,
      BigDecimal number,
      String statisticText,
      @Nullable Long n,
      int run) {
    String named = or(rule.metric().text(scope), scope.path().getLast());
    Metric known = dictionary.find(tool, named);
    String statistic = Statistics.of(statisticText);
    String textUnit = rule.unit().text(scope);
    Units.Unit from = textUnit == null ? null : Units.of(textUnit);
    Units.Unit to = Units.kept(from, known == null ? null : known.unit());
    BigDecimal value = Units.kept(number, from, to);
    boolean fits = textUnit != null || known == null || known.allows(value.doubleValue());
    String unit =
        to != null
            ? to.symbol()
            : textUnit != null ? textUnit : known == null || !fits ? null : known.unit();
    return new Observation(
        document.pointer(scope.path()),
        run,
        rule.task().text(scope),
        known == null ? named : known.name(),
        rule.variant().text(scope),
        statistic,
        value.doubleValue(),
        text,
        unit,
        textUnit,
        Statistics.isSpread(statistic) ? null : better(rule, scope, known),
        range(rule, scope, fits ? known : null, from, to),
        rule.binomial()
            ? StandardErrors.ofShare(value, n)
            : StandardErrors.ofMean(
                stderr(rule.stderr(), scope, from, to), rule.stderrOver(), scope),
        n,
        interval(rule, scope, from, to),
        false,
        dimensions(rule.dimensions(), scope));
  }

  private static @Nullable Boolean better(Rule rule, Scope scope, @Nullable Metric known) {
    String said = rule.better().text(scope);
    Boolean higher =
        said == null
            ? null
            : switch (said.toLowerCase(Locale.ROOT)) {
              case "higher", "true", "maximize", "max" -> Boolean.TRUE;
              case "lower", "false", "minimize", "min" -> Boolean.FALSE;
              default -> null;
            };
    if (said == null) {
      return known == null ? null : known.higherIsBetter();
    }
    return higher == null ? null : Boolean.valueOf(higher != rule.worse());
  }

  private static Observation.@Nullable Range range(
      Rule rule,
      Scope scope,
      @Nullable Metric known,
      Units.@Nullable Unit from,
      Units.@Nullable Unit to) {
    Double least = measured(rule.least(), scope, from, to);
    Double most = measured(rule.most(), scope, from, to);
    if (least == null && most == null && known != null) {
      least = known.floor();
      most = known.ceiling();
    }
    return least == null || most == null ? null : new Observation.Range(least, most);
  }

  private static Observation.@Nullable Interval interval(
      Rule rule, Scope scope, Units.@Nullable Unit from, Units.@Nullable Unit to) {
    Double low = measured(rule.low(), scope, from, to);
    Double high = measured(rule.high(), scope, from, to);
    return low == null || high == null
        ? null
        : new Observation.Interval(low, high, measured(rule.level(), scope, null, null));
  }

  private static @Nullable Double measured(
      Expression expression, Scope scope, Units.@Nullable Unit from, Units.@Nullable Unit to) {
    String text = expression.text(scope);
    BigDecimal number = text == null ? null : NumberText.read(text);
    return number == null ? null : (Double) Units.kept(number, from, to).doubleValue();
  }

  /** A standard error that stands there and is no number is listed as such. */
  private @Nullable Double stderr(
      Expression expression, Scope scope, Units.@Nullable Unit from, Units.@Nullable Unit to) {
    Double number = measured(expression, scope, from, to);
    if (number == null) {
      for (Reference reference : expression.references().toList()) {
        Reference.Located located = reference.locate(scope);
        if (located != null && located.node() instanceof Leaf) {
          findings.notUnderstood(
              document.pointer(located.path()), NumberText.reason(located.node()));
        }
      }
    }
    return number;
  }

  /** A positive whole number; null for anything else. */
  static @Nullable Long count(Expression expression, Scope scope) {
    String text = expression.text(scope);
    BigDecimal number = text == null ? null : NumberText.read(text);
    if (number == null || number.signum() <= 0 || number.stripTrailingZeros().scale() > 0) {
      return null;
    }
    return number.longValue();
  }

  /** The dimensions that a file tells. */
  static List<Dimension> dimensions(Map<String, Expression> declared, Scope scope) {
    List<Dimension> dimensions = new ArrayList<>();
    declared.forEach(
        (name, expression) -> {
          Expression.Result result = expression.evaluate(scope);
          if (result != null) {
            boolean number =
                result.from() != null
                    && result.from().node() instanceof Leaf(Kind kind, String text)
                    && kind == Kind.NUMBER
                    && text.equals(result.text());
            dimensions.add(new Dimension(name, result.text(), number));
          }
        });
    return dimensions;
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
