package org.benchmarkresults.model;

import org.jspecify.annotations.Nullable;

/**
 * Names one stored result.
 *
 * @param version null for the newest
 */
public record ResultRef(Stage stage, String resultName, @Nullable Integer version) {}
