package org.benchmarkresults.model.annotation.request;

import java.util.List;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.version.VersionTag;
import org.jspecify.annotations.Nullable;

/**
 * A request to change the annotations of one result.
 *
 * @param onlyIf the precondition: the result is in one of these states; null for none
 * @param benchmarkPrefix required start of the benchmark name; empty for any
 * @param actor who is named in the audit entry; null for no entry
 */
public record AnnotateRequest(
    Stage stage,
    String resultName,
    AnnotationPatch patch,
    @Nullable List<VersionTag> onlyIf,
    String benchmarkPrefix,
    @Nullable Actor actor) {
  public AnnotateRequest {
    onlyIf = onlyIf == null ? null : List.copyOf(onlyIf);
  }

  /** Whether the stored result of that name is within the prefix. */
  public boolean means(ResultSummary found) {
    return found.envelope().key().benchmarkName().startsWith(benchmarkPrefix);
  }

  /** Whether the precondition holds for the result. */
  public boolean allows(ResultSummary current) {
    return onlyIf == null || onlyIf.stream().anyMatch(tag -> tag.matchesExactly(current));
  }
}
