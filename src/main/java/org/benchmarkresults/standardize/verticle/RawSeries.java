package org.benchmarkresults.standardize.verticle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.jspecify.annotations.Nullable;

/**
 * The series of raw inputs that were read lately. A standardized output tells less than the raw
 * input of the same name does, such as no version of a task; its observations are points of the
 * same histories nevertheless. Thread-safe.
 */
final class RawSeries {
  /** Both outputs of a run are usually sent one after the other. */
  private static final int MOST_OBSERVATIONS = 20_000;

  private final Map<String, Map<Key, String>> recent = new LinkedHashMap<>();
  private int remembered;

  /** The measured model; its conditions are those of the run. */
  private record Key(
      @Nullable String task, String metric, @Nullable String variant, String statistic) {
    static Key of(Observation observation) {
      return new Key(
          observation.task(), observation.metric(), observation.variant(), observation.statistic());
    }
  }

  /** Remembers the series of a raw input; the oldest ones are forgotten. */
  synchronized void remember(String resultName, DerivedObservations raw) {
    forget(resultName);
    Map<Key, String> series = series(raw);
    if (!series.isEmpty() && series.size() <= MOST_OBSERVATIONS) {
      recent.put(resultName, series);
      remembered += series.size();
    }
    Iterator<Map<Key, String>> oldest = recent.values().iterator();
    while (remembered > MOST_OBSERVATIONS) {
      remembered -= oldest.next().size();
      oldest.remove();
    }
  }

  private void forget(String resultName) {
    Map<Key, String> before = recent.remove(resultName);
    remembered -= before == null ? 0 : before.size();
  }

  /** Without what several runs of the file measured under different conditions. */
  private static Map<Key, String> series(DerivedObservations raw) {
    Map<Key, String> series = new HashMap<>();
    for (ResolvedObservation resolved : raw.observations()) {
      series.merge(
          Key.of(resolved.observation()),
          resolved.series(),
          (one, other) -> one.equals(other) ? one : "");
    }
    series.values().removeIf(String::isEmpty);
    return series;
  }

  synchronized boolean remembers(String resultName) {
    return recent.containsKey(resultName);
  }

  /** The observations of a standardized output, in the series of the raw input where it has any. */
  DerivedObservations applied(String resultName, DerivedObservations standardized) {
    Map<Key, String> series;
    synchronized (this) {
      series = recent.getOrDefault(resultName, Map.of());
    }
    List<ResolvedObservation> all = new ArrayList<>();
    for (ResolvedObservation resolved : standardized.observations()) {
      String ofRaw = series.get(Key.of(resolved.observation()));
      all.add(
          ofRaw == null
              ? resolved
              : new ResolvedObservation(
                  resolved.observation(), resolved.model(), resolved.instant(), ofRaw));
    }
    return new DerivedObservations(
        standardized.adapter(),
        standardized.adapterVersion(),
        standardized.recognisedBy(),
        standardized.tool(),
        standardized.format(),
        standardized.holds(),
        standardized.toolVersion(),
        standardized.runs(),
        all,
        standardized.notUnderstood(),
        standardized.contradictions(),
        standardized.headline());
  }
}
