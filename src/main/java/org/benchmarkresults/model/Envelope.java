package org.benchmarkresults.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a result beside its data, as its sender gave it. Two results of one key are the
 * same when their data and their envelopes are equal.
 *
 * @param extra further members in the order they were sent
 */
public record Envelope(
    ResultKey key,
    @Nullable String modelId,
    @Nullable String tokenizerId,
    @Nullable String source,
    List<Member> extra) {
  public Envelope {
    extra = List.copyOf(extra);
  }
}
