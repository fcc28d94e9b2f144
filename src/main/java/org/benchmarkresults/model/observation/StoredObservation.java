package org.benchmarkresults.model.observation;

import java.util.Objects;
import org.benchmarkresults.model.annotation.Annotations;
import org.jspecify.annotations.Nullable;

/**
 * A stored observation; a row of a list.
 *
 * @param isCrossCheck whether it is of a standardized output whose raw input was understood too,
 *     and which counts instead
 * @param annotations of its result, without the note
 */
public record StoredObservation(
    ObservedResult result,
    String adapter,
    int adapterVersion,
    @Nullable String tool,
    boolean isCrossCheck,
    ResolvedObservation resolved,
    Annotations annotations) {
  public StoredObservation {
    // Nodes of earlier releases send none.
    annotations = Objects.requireNonNullElse(annotations, Annotations.NONE);
  }
}
