package org.benchmarkresults.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the health room knows of this node.
 *
 * @param checkedAt when the database was last asked; null before the first time
 */
public record HealthReport(
    DatabaseState database, @Nullable Instant checkedAt, Instant startedAt, String version) {}
