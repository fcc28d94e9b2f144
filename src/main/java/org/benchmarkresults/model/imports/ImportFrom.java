package org.benchmarkresults.model.imports;

import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the next records of a collection that is brought in.
 *
 * @param after the position to go on from; null for the start
 */
public record ImportFrom(Stage stage, @Nullable String after) {}
