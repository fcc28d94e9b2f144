package org.benchmarkresults.model.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An observation with the context of its run and of its result applied.
 *
 * @param observation its dimensions are all that are known: of the context that the sender gave, of
 *     the observation, and of its run, the earlier before the later
 * @param model what was measured; null when nothing tells
 * @param instant when it was measured; null when nothing tells
 * @param series identifies the history that the observation is a point of
 */
public record ResolvedObservation(
    Observation observation, @Nullable String model, @Nullable Instant instant, String series) {}
