package org.benchmarkresults.model.node;

/**
 * The metrics of a node.
 *
 * @param text in the Prometheus text format, version 0.0.4
 */
public record MetricsText(String text) {}
