package org.benchmarkresults.model.derivation;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.benchmarkresults.model.result.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * Requests the observations of a body that is not stored.
 *
 * @param body JSON, or one JSON value a line
 * @param context the sender's context, a JSON object; null for none
 * @param modelId as an envelope would give it
 * @param instant as an envelope's timestamp would tell it
 * @param declaration YAML of adapters that are tried before those of the node; null for none
 */
public record PreviewRequest(
    ByteBuffer body,
    @Nullable RawJson context,
    @Nullable String modelId,
    @Nullable Instant instant,
    @Nullable String declaration) {
  /** With the adapters of the node alone. */
  public PreviewRequest(
      ByteBuffer body,
      @Nullable RawJson context,
      @Nullable String modelId,
      @Nullable Instant instant) {
    this(body, context, modelId, instant, null);
  }
}
