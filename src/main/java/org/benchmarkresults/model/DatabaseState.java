package org.benchmarkresults.model;

import org.jspecify.annotations.Nullable;

/**
 * What the storage room knows of its database.
 *
 * @param kind {@code mongodb} or {@code embedded}
 * @param connected whether it answered
 * @param indexed whether every index is there
 * @param latencyMicros how long the answer took; null when there was none
 * @param error why it is not connected or not indexed, in one sentence; null when all is well
 */
public record DatabaseState(
    String kind,
    boolean connected,
    boolean indexed,
    @Nullable Long latencyMicros,
    @Nullable String error) {}
