package org.benchmarkresults.model.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a run was, as its file tells.
 *
 * @param instant null when the text has no zone, or tells no time
 * @param zone the zone as it is written, {@code UTC (epoch)} of a number of seconds, or {@code
 *     unknown}
 * @param pointer where the text stands
 */
public record RunTime(String text, @Nullable Instant instant, String zone, String pointer) {}
