package org.benchmarkresults.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the deletion of one result.
 *
 * @param onlyIf the versions of which one must be the newest; null for whatever is there
 * @param benchmarkPrefix only a result whose benchmark name begins so is meant; empty for any
 */
public record ResultRemoval(
    Stage stage,
    String resultName,
    @Nullable List<VersionTag> onlyIf,
    String benchmarkPrefix) {
  public ResultRemoval {
    onlyIf = onlyIf == null ? null : List.copyOf(onlyIf);
    // Messages of earlier releases have none.
    benchmarkPrefix = Objects.requireNonNullElse(benchmarkPrefix, "");
  }

  /** One of any benchmark. */
  public ResultRemoval(Stage stage, String resultName, @Nullable List<VersionTag> onlyIf) {
    this(stage, resultName, onlyIf, "");
  }

  /** Whether a stored result of that name is the one that is meant. */
  public boolean means(ResultSummary found) {
    return found.envelope().key().benchmarkName().startsWith(benchmarkPrefix);
  }

  /** Whether the result is to be deleted as it stands. */
  public boolean allows(ResultSummary current) {
    return onlyIf == null || onlyIf.stream().anyMatch(tag -> tag.matches(current));
  }
}
