package org.benchmarkresults.metric;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The three families of benchmarks, whose results are compared under different conditions. */
public enum Family {
  /** How good answers are. */
  QUALITY,
  /** How fast a server of models is. */
  SERVING,
  /** How fast a piece of code is. */
  MICRO;

  private static final Map<String, Family> BY_KIND =
      Map.of(
          "score", QUALITY,
          "error", QUALITY,
          "count", QUALITY,
          "cost", QUALITY,
          "latency", SERVING,
          "throughput", SERVING,
          "length", SERVING,
          "runtime", MICRO,
          "rate", MICRO,
          "footprint", MICRO);

  /** The family of a metric; null when the dictionary does not tell its kind. */
  public static @Nullable Family of(@Nullable Metric metric) {
    return metric == null || metric.kind() == null ? null : BY_KIND.get(metric.kind());
  }

  static boolean knows(String kind) {
    return BY_KIND.containsKey(kind);
  }
}
