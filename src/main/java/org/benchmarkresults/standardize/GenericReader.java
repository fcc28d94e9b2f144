package org.benchmarkresults.standardize;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.metric.Metric;
import org.benchmarkresults.metric.Units;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.standardize.GenericNames.Named;
import org.benchmarkresults.standardize.json.Document;
import org.benchmarkresults.standardize.json.Node;
import org.benchmarkresults.standardize.json.Node.ArrayNode;
import org.benchmarkresults.standardize.json.Node.Kind;
import org.benchmarkresults.standardize.json.Node.Leaf;
import org.benchmarkresults.standardize.json.Node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Takes the numbers of one object of a team's own JSON. */
final class GenericReader {
  private final Dictionary dictionary;
  private final Document document;
  private final Findings findings;
  private final int run;
  private final int rootLength;
  private final int mostNumbers;

  /**
   * @param rootLength how many names and indexes lead from the document to the object
   * @param mostNumbers of the whole body
   */
  GenericReader(
      Dictionary dictionary,
      Document document,
      Findings findings,
      int run,
      int rootLength,
      int mostNumbers) {
    this.dictionary = dictionary;
    this.document = document;
    this.findings = findings;
    this.run = run;
    this.rootLength = rootLength;
    this.mostNumbers = mostNumbers;
  }

  /**
   * Takes the numbers at and below a node.
   *
   * @param name the last name that leads to it; an element of an array has that of the array
   * @param deepest the longest path that is followed
   */
  void read(Node node, List<String> path, String name, int deepest) {
    switch (node) {
      case Leaf leaf -> readLeaf(leaf, path, name, null);
      case ObjectNode object
          when path.size() < deepest
              && !GenericNames.isSetting(name)
              && !GenericSamples.areIn(object, name) ->
          object.members().forEach((member, child) -> read(object, member, path, name, deepest));
      case ArrayNode array
          when path.size() < deepest
              && array.elements().size() <= GenericAdapter.LONGEST_ARRAY
              && !GenericSamples.areIn(array, name) -> {
        for (int i = 0; i < array.elements().size(); i++) {
          Node element = array.elements().get(i);
          if (element != null) {
            read(element, below(path, Integer.toString(i)), name, deepest);
          }
        }
      }
      default -> {}
    }
  }

  /** A member; one that is named by a statistic or a number is a part of what holds it. */
  private void read(ObjectNode object, String member, List<String> path, String name, int deepest) {
    Node child = object.members().get(member);
    if (child instanceof Leaf leaf) {
      boolean part = !name.isEmpty() && path.size() > rootLength && GenericNames.isPart(member);
      readLeaf(leaf, below(path, member), part ? name : member, object);
    } else if (child != null) {
      read(child, below(path, member), member, deepest);
    }
  }

  private static List<String> below(List<String> path, String segment) {
    List<String> below = new ArrayList<>(path);
    below.add(segment);
    return below;
  }

  private void readLeaf(Leaf leaf, List<String> path, String name, @Nullable ObjectNode beside) {
    if (leaf.kind() != Kind.NUMBER && leaf.kind() != Kind.NON_FINITE) {
      return;
    }
    Named named = GenericNames.of(name, dictionary);
    if (named.known() == null && GenericNames.isNoMeasurement(name)) {
      return;
    }
    BigDecimal number = leaf.kind() == Kind.NUMBER ? NumberText.read(leaf.text()) : null;
    if (number == null) {
      findings.notUnderstood(document.pointer(path), NumberText.reason(leaf));
    } else if (findings.observations().size() == mostNumbers) {
      findings.notUnderstood(
          "", "of a file of no known tool " + mostNumbers + " numbers are taken at most");
    } else {
      findings.add(observation(leaf.text(), number, path, name, named, beside));
    }
  }

  /** The standard error that stands beside a number under its name. */
  private static @Nullable Double stderr(
      @Nullable ObjectNode beside,
      String name,
      Units.@Nullable Unit from,
      Units.@Nullable Unit to) {
    for (String suffix : GenericNames.STANDARD_ERROR) {
      Node error = beside == null ? null : beside.members().get(name + suffix);
      String text = error instanceof Leaf leaf && leaf.kind() == Kind.NUMBER ? leaf.text() : null;
      BigDecimal number = text == null ? null : NumberText.read(text);
      if (number != null) {
        return Units.kept(number, from, to).doubleValue();
      }
    }
    return null;
  }

  private Observation observation(
      String text,
      BigDecimal number,
      List<String> path,
      String name,
      Named named,
      @Nullable ObjectNode beside) {
    Metric known = named.known();
    Units.Unit from = named.unit() == null ? null : Units.of(named.unit());
    Units.Unit to = Units.kept(from, known == null ? null : known.unit());
    double value = Units.kept(number, from, to).doubleValue();
    boolean element = !path.getLast().equals(name);
    boolean part = element && GenericNames.isStatistic(path.getLast());
    String statistic = part ? Statistics.of(path.getLast()) : named.statistic();
    boolean spread = Statistics.isSpread(statistic);
    boolean fits = known != null && known.allows(value);
    List<String> task = path.subList(rootLength, path.size() - (element ? 2 : 1));
    return new Observation(
        document.pointer(path),
        run,
        task.isEmpty() ? null : String.join("/", task),
        named.metric(),
        element && !part ? path.getLast() : null,
        statistic,
        value,
        text,
        to == null ? unit(known, fits) : to.symbol(),
        named.unit(),
        (known == null || spread) ? null : known.higherIsBetter(),
        known == null || !fits ? null : range(known),
        stderr(beside, path.getLast(), from, to),
        null,
        null,
        false,
        List.of());
  }

  private static Observation.@Nullable Range range(Metric known) {
    return known.floor() == null || known.ceiling() == null
        ? null
        : new Observation.Range(known.floor(), known.ceiling());
  }

  /** An accuracy of 85 is no share, and a latency without a unit may be in any: no guess. */
  private static @Nullable String unit(@Nullable Metric known, boolean fits) {
    return known == null || !fits || "latency".equals(known.kind()) ? null : known.unit();
  }

  /** The first number of each task that the dictionary knows stands for it. */
  void choosePrimaries(int first) {
    Set<String> tasks = new HashSet<>();
    List<Observation> observations = findings.observations();
    for (int i = first; i < observations.size(); i++) {
      Observation observation = observations.get(i);
      boolean known = dictionary.find(null, observation.metric()) != null;
      String task = observation.task() == null ? "" : observation.task();
      if (known && !Statistics.isSpread(observation.statistic()) && tasks.add(task)) {
        observations.set(i, observation.asPrimary());
      }
    }
  }
}
