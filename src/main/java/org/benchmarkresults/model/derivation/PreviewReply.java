package org.benchmarkresults.model.derivation;

import org.benchmarkresults.model.observation.DerivedObservations;
import org.jspecify.annotations.Nullable;

/**
 * The observations of a body.
 *
 * @param reason why the body could not be read; null when it could
 */
public record PreviewReply(DerivedObservations observations, @Nullable String reason) {}
