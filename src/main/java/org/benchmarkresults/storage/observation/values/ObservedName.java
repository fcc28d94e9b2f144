package org.benchmarkresults.storage.observation.values;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A name that results of one stage have.
 *
 * @param lastSeen when the newest of them was first received
 * @param count how many there are; null when they are not counted yet
 */
record ObservedName(String name, Instant lastSeen, @Nullable Long count) {}
