package org.benchmarkresults.model.observed;

import org.benchmarkresults.model.result.Stage;

/**
 * Names one reading of a result.
 *
 * @param generation of {@link ResultObservations.Reading}
 */
public record ReadingRef(Stage stage, String resultName, String generation) {}
