package org.benchmarkresults.model.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A retention run of any node.
 *
 * @param endedAt null while it runs, or when its node died during it
 * @param deleted results that rules deleted; they can be restored
 * @param purged deleted results that were permanently removed
 * @param swept uploads without a result that were removed
 * @param completed whether everything due was done
 */
public record RetentionRun(
    Instant startedAt,
    @Nullable Instant endedAt,
    long deleted,
    long purged,
    long swept,
    boolean completed) {}
