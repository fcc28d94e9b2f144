package org.benchmarkresults.model.observation;

import java.time.Instant;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The version of a stored result that observations come from.
 *
 * @param modelId of the envelope
 * @param instant the moment of the envelope's timestamp; null when its text tells none
 * @param receivedAt when this version was received
 * @param firstReceivedAt when the first version was received
 */
public record ObservedResult(
    Stage stage,
    String resultName,
    String benchmarkName,
    String runId,
    int version,
    @Nullable String modelId,
    @Nullable String source,
    @Nullable Instant instant,
    Instant receivedAt,
    Instant firstReceivedAt) {
  /** The version that a summary is of. */
  public static ObservedResult of(Stage stage, ResultSummary summary) {
    return new ObservedResult(
        stage,
        summary.resultName(),
        summary.envelope().key().benchmarkName(),
        summary.envelope().key().runId(),
        summary.version(),
        summary.envelope().modelId(),
        summary.envelope().source(),
        summary.instant(),
        summary.receivedAt(),
        summary.firstReceivedAt());
  }
}
