package org.benchmarkresults.metric;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dictionary's entry of a metric.
 *
 * @param name the name that observations have
 * @param aliases names that tools give it; {@code tool:name} counts for one tool alone
 * @param unit UCUM; null when tools measure it in units of several quantities
 * @param higherIsBetter null when it has no direction
 * @param kind such as {@code latency}, {@code throughput}, {@code score}
 * @param floor the least that it can be; null for none
 * @param ceiling the most that it can be; null for none
 * @param otel name of the metric in OpenTelemetry's semantic conventions
 */
public record Metric(
    String name,
    List<String> aliases,
    @Nullable String unit,
    @Nullable Boolean higherIsBetter,
    @Nullable String kind,
    @Nullable Double floor,
    @Nullable Double ceiling,
    @Nullable String otel) {
  public Metric {
    aliases = List.copyOf(aliases);
  }

  /** Whether a value can be one: an accuracy of 85 without a unit is no share. */
  public boolean allows(double value) {
    return (floor == null || value >= floor) && (ceiling == null || value <= ceiling);
  }
}
