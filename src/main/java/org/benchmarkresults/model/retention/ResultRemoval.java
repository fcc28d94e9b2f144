package org.benchmarkresults.model.retention;

import java.util.List;
import java.util.Objects;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.version.VersionTag;
import org.jspecify.annotations.Nullable;

/**
 * A request to delete one result.
 *
 * @param onlyIf the precondition: one of these versions is the newest; null for none
 * @param benchmarkPrefix required start of the benchmark name; empty for any
 * @param change the audit entry to write with the deletion; null for none
 */
public record ResultRemoval(
    Stage stage,
    String resultName,
    @Nullable List<VersionTag> onlyIf,
    String benchmarkPrefix,
    @Nullable AuditEntry change) {
  public ResultRemoval {
    onlyIf = onlyIf == null ? null : List.copyOf(onlyIf);
    // Nodes of an earlier release send none.
    benchmarkPrefix = Objects.requireNonNullElse(benchmarkPrefix, "");
  }

  /** A removal without benchmark prefix and audit entry. */
  public ResultRemoval(Stage stage, String resultName, @Nullable List<VersionTag> onlyIf) {
    this(stage, resultName, onlyIf, "", null);
  }

  public ResultRemoval withAuditEntry(AuditEntry entry) {
    return new ResultRemoval(stage, resultName, onlyIf, benchmarkPrefix, entry);
  }

  /** Whether a result of that name has the required benchmark prefix. */
  public boolean means(ResultSummary found) {
    return found.envelope().key().benchmarkName().startsWith(benchmarkPrefix);
  }

  /** Whether the newest version meets the precondition. */
  public boolean allows(ResultSummary current) {
    return onlyIf == null || onlyIf.stream().anyMatch(tag -> tag.matches(current));
  }
}
