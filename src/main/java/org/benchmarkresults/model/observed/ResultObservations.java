package org.benchmarkresults.model.observed;

import java.util.List;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.observation.Contradiction;
import org.benchmarkresults.model.observation.NotUnderstood;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/** The derivation of one result, and its observations. */
public sealed interface ResultObservations {
  /**
   * A result that is stored.
   *
   * @param reason why it failed; null when it did not
   * @param notUnderstood at most 200
   * @param notUnderstoodCount how many there are
   */
  record Found(
      Stage stage,
      String resultName,
      int version,
      DerivationState state,
      @Nullable String reason,
      @Nullable Reading reading,
      List<NotUnderstood> notUnderstood,
      long notUnderstoodCount,
      List<Contradiction> contradictions,
      List<Disagreement> disagreements)
      implements ResultObservations {
    public Found {
      notUnderstood = List.copyOf(notUnderstood);
      contradictions = List.copyOf(contradictions);
      disagreements = List.copyOf(disagreements);
    }
  }

  /**
   * How the result was read.
   *
   * @param adapter null when none recognised it
   * @param generation the ids of its observations contain it
   */
  record Reading(
      @Nullable String adapter,
      int adapterVersion,
      @Nullable String recognisedBy,
      @Nullable String tool,
      @Nullable String format,
      @Nullable String holds,
      @Nullable String toolVersion,
      String generation) {}

  /** There is no such result. */
  record NotFound() implements ResultObservations {}

  /**
   * An earlier version, which has no observations.
   *
   * @param newest the version that has
   */
  record NotNewest(int newest) implements ResultObservations {}
}
