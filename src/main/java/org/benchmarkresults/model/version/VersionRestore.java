package org.benchmarkresults.model.version;

import java.util.List;
import java.util.Objects;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an earlier version of a result to be made the newest again, as a version of its own.
 *
 * @param onlyIf the versions of which one must be the newest now; null for whatever is there
 * @param benchmarkPrefix only a result whose benchmark name begins so is meant; empty for any
 * @param actor who is named in the audit entry; null for no entry
 */
public record VersionRestore(
    Stage stage,
    String resultName,
    int version,
    @Nullable List<VersionTag> onlyIf,
    String benchmarkPrefix,
    @Nullable Actor actor) {
  public VersionRestore {
    onlyIf = onlyIf == null ? null : List.copyOf(onlyIf);
    Objects.requireNonNull(benchmarkPrefix, "benchmarkPrefix");
  }

  /** Whether the stored result of that name is within the prefix. */
  public boolean means(ResultSummary found) {
    return found.envelope().key().benchmarkName().startsWith(benchmarkPrefix);
  }

  /** Whether the precondition holds for the current result. */
  public boolean allows(ResultSummary current) {
    return onlyIf == null || onlyIf.stream().anyMatch(tag -> tag.matches(current));
  }
}
