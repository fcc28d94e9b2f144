package org.benchmarkresults.model.retention;

import java.util.List;
import java.util.Objects;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.version.VersionTag;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the deletion of one result.
 *
 * @param onlyIf the versions of which one must be the newest; null for whatever is there
 * @param benchmarkPrefix only a result whose benchmark name begins so is meant; empty for any
 * @param change what the audit trail is told when it is deleted; null for nothing
 */
public record ResultRemoval(
    Stage stage,
    String resultName,
    @Nullable List<VersionTag> onlyIf,
    String benchmarkPrefix,
    @Nullable AuditEntry change) {
  public ResultRemoval {
    onlyIf = onlyIf == null ? null : List.copyOf(onlyIf);
    // Messages of earlier releases have none.
    benchmarkPrefix = Objects.requireNonNullElse(benchmarkPrefix, "");
  }

  /** One of any benchmark. */
  public ResultRemoval(Stage stage, String resultName, @Nullable List<VersionTag> onlyIf) {
    this(stage, resultName, onlyIf, "", null);
  }

  /** The same, with what the audit trail is told. */
  public ResultRemoval withAuditEntry(AuditEntry told) {
    return new ResultRemoval(stage, resultName, onlyIf, benchmarkPrefix, told);
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
