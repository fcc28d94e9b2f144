package org.benchmarkresults.model.derivation;

import org.benchmarkresults.model.observation.DerivedObservations;
import org.jspecify.annotations.Nullable;

/**
 * The observations of a body.
 *
 * @param reason why the body could not be read; null when it could
 * @param declarationFault what is wrong with the declaration, with its line; null for nothing
 */
public record PreviewReply(
    DerivedObservations observations, @Nullable String reason, @Nullable String declarationFault) {
  /** Without a wrong declaration. */
  public PreviewReply(DerivedObservations observations, @Nullable String reason) {
    this(observations, reason, null);
  }
}
