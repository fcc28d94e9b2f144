package org.benchmarkresults.model.observation;

import org.jspecify.annotations.Nullable;

/**
 * A stored observation; a row of a list.
 *
 * @param isCrossCheck whether it is of a standardized output whose raw input was understood too,
 *     and which counts instead
 */
public record StoredObservation(
    ObservedResult result,
    String adapter,
    int adapterVersion,
    @Nullable String tool,
    boolean isCrossCheck,
    ResolvedObservation resolved) {}
