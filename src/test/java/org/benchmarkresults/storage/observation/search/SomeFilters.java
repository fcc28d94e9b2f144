package org.benchmarkresults.storage.observation.search;

import java.util.List;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.StoredObservation;

/** Conditions on dimensions, applied plainly. */
final class SomeFilters {
  private SomeFilters() {}

  static boolean is(StoredObservation row, String name, String... texts) {
    return row.resolved().observation().dimensions().stream()
        .filter(dimension -> dimension.name().equals(name))
        .map(Dimension::text)
        .anyMatch(List.of(texts)::contains);
  }

  /** Whether the result has the label with one of the values. */
  static boolean has(StoredObservation row, String key, String... values) {
    return row.annotations().label(key).filter(List.of(values)::contains).isPresent();
  }

  /** Whether the number of shots is one, and not a text. */
  static boolean isNumber(StoredObservation row) {
    return row.resolved().observation().dimensions().stream()
        .anyMatch(dimension -> dimension.name().equals("few_shot") && dimension.number());
  }
}
