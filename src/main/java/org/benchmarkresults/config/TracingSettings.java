package org.benchmarkresults.config;

/**
 * Where traces are sent.
 *
 * @param endpoint base URL of a collector that takes OTLP over HTTP, such as {@code
 *     http://collector:4318}; empty for no traces
 * @param sample the share of the traces that begin here, from 0 to 1; a caller's own decision
 *     stands
 */
public record TracingSettings(@Default("") String endpoint, @Default("1") double sample) {
  public TracingSettings {
    new Requirements()
        .that(
            endpoint.isEmpty() || endpoint.matches("https?://[^/].*"),
            "tracing.endpoint must be a URL such as http://collector:4318")
        .that(sample >= 0 && sample <= 1, "tracing.sample must be 0 to 1, is " + sample)
        .orFail();
  }

  public boolean isOn() {
    return !endpoint.isEmpty();
  }
}
