package org.benchmarkresults.standardize.resolve;

import java.time.Instant;
import org.benchmarkresults.model.result.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * The context of a body.
 *
 * @param context the sender's context, a JSON object; null for none
 * @param modelId of the envelope
 * @param instant of the envelope's timestamp
 */
public record Told(
    @Nullable RawJson context, @Nullable String modelId, @Nullable Instant instant) {}
