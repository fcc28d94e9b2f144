package org.benchmarkresults.storage.observation.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observed.Disagreement;
import org.jspecify.annotations.Nullable;

/**
 * Compares the observations of a raw input with those of its standardized output. Observations
 * correspond when task, metric, variant and statistic are the same; of several, equal values are
 * put together first and the rest in the order of the files. One that the other side lacks is no
 * disagreement.
 */
final class Disagreements {
  private static final double SAME = 1e-9;

  /** Converters round to four places or so; a value of fewer places is as it was measured. */
  private static final int LEAST_PLACES = 3;

  private record What(
      @Nullable String task, String metric, @Nullable String variant, String statistic) {
    static What of(Observation one) {
      return new What(one.task(), one.metric(), one.variant(), one.statistic());
    }
  }

  private Disagreements() {}

  static List<Disagreement> between(List<Observation> own, List<Observation> others) {
    Map<What, List<Observation>> left = new LinkedHashMap<>();
    others.forEach(one -> left.computeIfAbsent(What.of(one), what -> new ArrayList<>()).add(one));
    List<Observation> unequal = new ArrayList<>();
    for (Observation one : own) {
      List<Observation> same = left.getOrDefault(What.of(one), List.of());
      Observation equal = same.stream().filter(other -> agree(one, other)).findFirst().orElse(null);
      if (equal == null) {
        unequal.add(one);
      } else {
        same.remove(equal);
      }
    }
    List<Disagreement> found = new ArrayList<>();
    for (Observation one : unequal) {
      List<Observation> same = left.getOrDefault(What.of(one), List.of());
      if (!same.isEmpty()) {
        found.add(new Disagreement(one, same.remove(0)));
      }
    }
    return found;
  }

  /** Whether the values are the same, or one is the other rounded. */
  static boolean agree(Observation one, Observation other) {
    if (one.unit() != null && other.unit() != null && !Objects.equals(one.unit(), other.unit())) {
      return false;
    }
    double difference = Math.abs(one.value() - other.value());
    double size = Math.max(Math.abs(one.value()), Math.abs(other.value()));
    return difference <= SAME * size
        || difference <= Math.max(rounding(one), rounding(other)) * (1 + SAME);
  }

  /**
   * Half of the last decimal place of the text, in the unit of the value; 0 where no rounding
   * shows.
   */
  private static double rounding(Observation one) {
    String text = one.text();
    int dot = text.indexOf('.');
    if (dot < 0
        || text.length() - dot <= LEAST_PLACES
        || text.indexOf('e') >= 0
        || text.indexOf('E') >= 0) {
      return 0;
    }
    try {
      double number = Double.parseDouble(text);
      double scale = number == 0 ? 1 : Math.abs(one.value() / number);
      return 0.5 * Math.pow(10, dot + 1.0 - text.length()) * scale;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
