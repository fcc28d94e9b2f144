package org.benchmarkresults.model;

import org.jspecify.annotations.Nullable;

/**
 * How far an import has come: everything up to there is safe.
 *
 * @param after the position of the last record that was dealt with, as an {@link ImportBatch} gave
 *     it; null before the first
 */
public record ImportPosition(ImportCollection collection, @Nullable String after) {}
