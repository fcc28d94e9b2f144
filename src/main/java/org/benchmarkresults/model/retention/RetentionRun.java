package org.benchmarkresults.model.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of the retention, by whichever node.
 *
 * @param endedAt null while it is under way, or when its node died in it
 * @param deleted results that rules deleted; they can be restored
 * @param purged deleted results that were removed for good
 * @param swept uploads without a result that were removed
 * @param completed whether it did all that was due
 */
public record RetentionRun(
    Instant startedAt,
    @Nullable Instant endedAt,
    long deleted,
    long purged,
    long swept,
    boolean completed) {}
