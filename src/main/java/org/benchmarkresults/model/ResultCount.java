package org.benchmarkresults.model;

/**
 * How many results a filter means.
 *
 * @param exact false when there may be more: counting stops at a bound
 */
public record ResultCount(long count, boolean exact) {}
