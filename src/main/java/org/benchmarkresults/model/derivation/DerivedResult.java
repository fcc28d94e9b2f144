package org.benchmarkresults.model.derivation;

import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.ObservedResult;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of deriving the observations of one version of a result.
 *
 * @param reason why it failed; null when it did not
 * @param catalog identifies the adapters that the node knows
 */
public record DerivedResult(
    ObservedResult result,
    DerivedObservations observations,
    @Nullable String reason,
    String catalog) {
  public DerivationState state() {
    return reason == null ? DerivationState.DERIVED : DerivationState.FAILED;
  }
}
