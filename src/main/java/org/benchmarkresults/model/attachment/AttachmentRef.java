package org.benchmarkresults.model.attachment;

import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Names one attachment of a result, or all of them.
 *
 * @param file empty for all attachments of the result
 * @param benchmarkPrefix results whose benchmark name begins otherwise are not found; empty for any
 * @param actor the author of a change, for its audit entry; null for no entry
 */
public record AttachmentRef(
    Stage stage, String resultName, String file, String benchmarkPrefix, @Nullable Actor actor) {
  /** Whether the stored result of that name is within the prefix. */
  public boolean means(ResultSummary found) {
    return found.envelope().key().benchmarkName().startsWith(benchmarkPrefix);
  }
}
