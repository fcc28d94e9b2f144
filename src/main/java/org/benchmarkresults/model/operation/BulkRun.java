package org.benchmarkresults.model.operation;

import org.benchmarkresults.model.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Requests a bulk operation to be run.
 *
 * @param token of its dry run
 * @param change must be the one of the dry run; null for whichever it was
 * @param parameters must be the ones of the dry run; null for whichever they were
 * @param actor in the audit entries; null for no entries
 */
public record BulkRun(
    String token,
    @Nullable BulkChange change,
    @Nullable String parameters,
    BulkViewer viewer,
    @Nullable Actor actor) {}
