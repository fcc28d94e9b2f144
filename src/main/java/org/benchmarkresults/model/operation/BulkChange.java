package org.benchmarkresults.model.operation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.benchmarkresults.model.security.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The change that a bulk operation makes to each of its results.
 *
 * @param purge whether a deletion removes the results for good
 * @param labels to be set, by their keys; empty for other actions
 * @param keys of the labels to be removed; empty for other actions
 * @param reason of an exclusion; null for other actions
 */
public record BulkChange(
    BulkAction action,
    boolean purge,
    Map<String, String> labels,
    List<String> keys,
    @Nullable String reason) {
  public BulkChange {
    labels =
        Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(labels, Map.of())));
    keys = List.copyOf(Objects.requireNonNullElse(keys, List.of()));
  }

  /** The scope that a caller needs for it. */
  public Scope scope() {
    return purge ? Scope.ADMIN : action.scope();
  }
}
