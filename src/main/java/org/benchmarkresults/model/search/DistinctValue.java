package org.benchmarkresults.model.search;

import java.time.Instant;

/**
 * One value of a field, with the number of results that have it.
 *
 * @param rawInput how many raw inputs have it
 * @param standardizedOutput how many standardized outputs have it
 * @param lastSeen when the newest of all of them was first received
 */
public record DistinctValue(
    String name, ResultCount rawInput, ResultCount standardizedOutput, Instant lastSeen) {}
