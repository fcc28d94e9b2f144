package org.benchmarkresults.model.event;

import java.time.Instant;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a result, or a new version of one, is stored.
 *
 * @param size length of the data in bytes
 * @param receivedAt when this version was received
 */
public record StoredEvent(
    Stage stage,
    ResultKey key,
    @Nullable String modelId,
    @Nullable String tokenizerId,
    @Nullable String source,
    int version,
    long size,
    Digest digest,
    Instant receivedAt) {
  public static StoredEvent of(Result result, int version) {
    Envelope envelope = result.envelope();
    return new StoredEvent(
        result.stage(),
        envelope.key(),
        envelope.modelId(),
        envelope.tokenizerId(),
        envelope.source(),
        version,
        result.data().size(),
        result.digest(),
        result.receivedAt());
  }

  public static StoredEvent of(Stage stage, ResultSummary summary) {
    Envelope envelope = summary.envelope();
    return new StoredEvent(
        stage,
        envelope.key(),
        envelope.modelId(),
        envelope.tokenizerId(),
        envelope.source(),
        summary.version(),
        summary.size(),
        summary.digest(),
        summary.receivedAt());
  }
}
