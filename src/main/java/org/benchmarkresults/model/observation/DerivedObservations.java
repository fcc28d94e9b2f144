package org.benchmarkresults.model.observation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observations of one body, resolved.
 *
 * @param adapter name of the adapter; null when none recognised the body
 * @param adapterVersion its version; 0 without adapter
 * @param recognisedBy what told the adapter that the body is its tool's
 * @param tool name of the tool that wrote the body
 * @param format name of the tool's format
 * @param holds what the file holds instead of measurements, such as {@code samples}; null when it
 *     holds measurements
 * @param runs the runs of the body as the file tells them, without context
 * @param headline the primary observations in one short text; null when there are none
 */
public record DerivedObservations(
    @Nullable String adapter,
    int adapterVersion,
    @Nullable String recognisedBy,
    @Nullable String tool,
    @Nullable String format,
    @Nullable String holds,
    @Nullable String toolVersion,
    List<Run> runs,
    List<ResolvedObservation> observations,
    List<NotUnderstood> notUnderstood,
    List<Contradiction> contradictions,
    @Nullable String headline) {
  public DerivedObservations {
    runs = List.copyOf(runs);
    observations = List.copyOf(observations);
    notUnderstood = List.copyOf(notUnderstood);
    contradictions = List.copyOf(contradictions);
  }

  /** Nothing, of a body that could not be read. */
  public static DerivedObservations none() {
    return new DerivedObservations(
        null, 0, null, null, null, null, null, List.of(), List.of(), List.of(), List.of(), null);
  }
}
