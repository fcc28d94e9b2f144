package org.benchmarkresults.standardize.declared;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.metric.Metric;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.standardize.Statistics;

/**
 * Chooses the observation that stands for a task: the first of the preferred metrics that it has.
 *
 * @param preferred metrics by the dictionary's names, alone or as {@code metric/statistic}
 */
record Primaries(List<String> preferred) {
  Primaries {
    preferred = List.copyOf(preferred);
  }

  /** A declaration may name metrics by any alias. */
  static Primaries of(Declaration declaration, Dictionary dictionary) {
    return new Primaries(
        declaration.primary().stream()
            .map(
                text -> {
                  int slash = text.lastIndexOf('/');
                  String name = slash < 0 ? text : text.substring(0, slash);
                  Metric known = dictionary.find(declaration.tool(), name);
                  return known == null ? text : known.name() + text.substring(name.length());
                })
            .toList());
  }

  /** Marks the observations of one run that stand for their tasks. */
  void choose(List<Observation> observations) {
    Map<String, Integer> best = new HashMap<>();
    Map<String, Integer> ranks = new HashMap<>();
    for (int i = 0; i < observations.size(); i++) {
      Observation observation = observations.get(i);
      int rank = rank(observation);
      String task = observation.task() == null ? "" : observation.task();
      if (rank < ranks.getOrDefault(task, Integer.MAX_VALUE)) {
        ranks.put(task, rank);
        best.put(task, i);
      }
    }
    for (int i : best.values()) {
      observations.set(i, observations.get(i).asPrimary());
    }
  }

  private int rank(Observation observation) {
    if (Statistics.isSpread(observation.statistic())) {
      return Integer.MAX_VALUE;
    }
    int rank = preferred.indexOf(observation.metric() + "/" + observation.statistic());
    if (rank < 0 && observation.statistic().equals("p50")) {
      rank = preferred.indexOf(observation.metric() + "/median");
    }
    if (rank < 0) {
      rank = preferred.indexOf(observation.metric());
    }
    return rank < 0 ? preferred.size() : rank;
  }
}
