package org.benchmarkresults.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the deletion of one result.
 *
 * @param onlyIf the versions of which one must be the newest; null for whatever is there
 */
public record ResultRemoval(Stage stage, String resultName, @Nullable List<VersionTag> onlyIf) {
  public ResultRemoval {
    onlyIf = onlyIf == null ? null : List.copyOf(onlyIf);
  }

  /** Whether the result is to be deleted as it stands. */
  public boolean allows(ResultSummary current) {
    return onlyIf == null || onlyIf.stream().anyMatch(tag -> tag.matches(current));
  }
}
