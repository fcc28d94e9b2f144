package org.benchmarkresults.model.result;

import java.util.Objects;
import org.benchmarkresults.model.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Names one stored result.
 *
 * @param version null for the newest
 * @param benchmarkPrefix only a result whose benchmark name begins so is meant; empty for any
 * @param actor who is named in the audit entry of a restoration; null for no entry
 */
public record ResultRef(
    Stage stage,
    String resultName,
    @Nullable Integer version,
    String benchmarkPrefix,
    @Nullable Actor actor) {
  public ResultRef {
    // Messages of earlier releases have none.
    benchmarkPrefix = Objects.requireNonNullElse(benchmarkPrefix, "");
  }

  /** A result of any benchmark. */
  public ResultRef(Stage stage, String resultName, @Nullable Integer version) {
    this(stage, resultName, version, "", null);
  }

  /** Whether the stored result of that name is within the prefix. */
  public boolean means(ResultSummary found) {
    return found.envelope().key().benchmarkName().startsWith(benchmarkPrefix);
  }
}
