package org.benchmarkresults.model.derivation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a new version of an adapter, or a new adapter, made to results that were stored
 * before.
 *
 * @param fromVersion the version before; null for a new adapter
 * @param endedAt when all of them were read again; null while that goes on
 * @param results how many were read again
 * @param changedResults those whose observations are not the same as before
 * @param added observations that were not there before
 * @param removed observations that are no longer there
 * @param changed observations with another value or unit
 */
public record AdapterUpgrade(
    String adapter,
    @Nullable Integer fromVersion,
    int toVersion,
    Instant startedAt,
    @Nullable Instant endedAt,
    long results,
    long changedResults,
    long added,
    long removed,
    long changed) {}
