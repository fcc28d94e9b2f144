package org.benchmarkresults.model.imports;

import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * A request for the next records of a collection.
 *
 * @param after the position to continue from; null for the start
 */
public record ImportFrom(Stage stage, @Nullable String after) {}
