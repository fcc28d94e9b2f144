package org.benchmarkresults.model.observation;

import org.jspecify.annotations.Nullable;

/**
 * A dimension that two sources give different values.
 *
 * @param used the value that observations have
 * @param usedFrom its source: {@code context}, {@code envelope} or {@code file}
 * @param other the value that was passed over
 * @param otherFrom its source
 * @param pointer of the run in the file; null when no run is meant
 */
public record Contradiction(
    String dimension,
    String used,
    String usedFrom,
    String other,
    String otherFrom,
    @Nullable String pointer) {}
