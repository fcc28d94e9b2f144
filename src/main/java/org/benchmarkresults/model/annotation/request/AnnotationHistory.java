package org.benchmarkresults.model.annotation.request;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.annotation.Annotations;
import org.jspecify.annotations.Nullable;

/**
 * A page of the changes of one result's annotations, newest first.
 *
 * @param found whether there is such a result
 * @param next the revision before which the next page begins; null when this is the last
 */
public record AnnotationHistory(
    boolean found, Annotations current, List<Change> changes, @Nullable Integer next) {
  /**
   * A change.
   *
   * @param after the annotations that it left
   * @param caller as the audit log names it; empty for a change without one
   */
  public record Change(Instant at, String caller, Annotations after) {}

  public AnnotationHistory {
    changes = List.copyOf(changes);
  }
}
