package org.benchmarkresults.config;

import java.util.ArrayList;
import java.util.List;

/** Collects the faults of settings, so that all are reported at once. */
final class Requirements {
  private final List<String> faults = new ArrayList<>();

  Requirements that(boolean holds, String sentence) {
    if (!holds) {
      faults.add(sentence);
    }
    return this;
  }

  Requirements without(List<String> found) {
    faults.addAll(found);
    return this;
  }

  /**
   * @throws ConfigException when there were any faults
   */
  void orFail() {
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
  }
}
