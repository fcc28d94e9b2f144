package org.benchmarkresults.model.observation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of reading one body.
 *
 * @param adapter name of the adapter; null when none recognised the body
 * @param recognisedBy what told the adapter that the body is its tool's
 * @param tool name of the tool that wrote the body
 * @param format name of the tool's format
 * @param holds what files of the format hold instead of measurements, such as {@code samples}; null
 *     when they hold measurements
 */
public record Derivation(
    @Nullable String adapter,
    int version,
    @Nullable String recognisedBy,
    @Nullable String tool,
    @Nullable String format,
    @Nullable String holds,
    @Nullable String toolVersion,
    List<Run> runs,
    List<Observation> observations,
    List<NotUnderstood> notUnderstood) {
  public Derivation {
    runs = List.copyOf(runs);
    observations = List.copyOf(observations);
    notUnderstood = List.copyOf(notUnderstood);
  }
}
