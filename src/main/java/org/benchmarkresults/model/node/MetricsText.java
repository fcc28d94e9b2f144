package org.benchmarkresults.model.node;

/**
 * What a node measured of itself.
 *
 * @param text in Prometheus' text format, version 0.0.4
 */
public record MetricsText(String text) {}
