package org.benchmarkresults.model.observed;

import org.benchmarkresults.model.observation.Observation;

/**
 * Two observations of one thing with different values.
 *
 * @param own of the result itself
 * @param other of the record of the same name in the other stage
 */
public record Disagreement(Observation own, Observation other) {}
