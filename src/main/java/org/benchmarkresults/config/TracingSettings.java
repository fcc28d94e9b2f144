package org.benchmarkresults.config;

/**
 * Export of traces.
 *
 * @param endpoint base URL of a collector that takes OTLP over HTTP, such as {@code
 *     http://collector:4318}; empty for no traces
 * @param samplingRatio the share of the traces that begin here, from 0 to 1; a caller's own
 *     decision stands
 */
public record TracingSettings(
    @Default("") String endpoint,
    @Default(value = "1", formerPath = "tracing.sample") double samplingRatio) {
  public TracingSettings {
    new Requirements()
        .that(
            endpoint.isEmpty() || endpoint.matches("https?://[^/].*"),
            "tracing.endpoint must be a URL such as http://collector:4318")
        .that(
            samplingRatio >= 0 && samplingRatio <= 1,
            "tracing.sampling_ratio must be 0 to 1, is " + samplingRatio)
        .orFail();
  }

  public boolean isOn() {
    return !endpoint.isEmpty();
  }
}
