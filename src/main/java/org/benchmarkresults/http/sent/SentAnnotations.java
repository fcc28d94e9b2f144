package org.benchmarkresults.http.sent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.http.json.SummaryJson;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * The annotations that are sent with a result: the labels of its context, which stay in the
 * envelope too, or the member that exported lines have, which does not. What was exported counts
 * alone: labels of the context may have been removed since.
 *
 * @param extra the other members that are no columns
 * @param patch null when none are sent
 */
public record SentAnnotations(List<ExtraField> extra, @Nullable AnnotationPatch patch) {
  private static final String CONTEXT = "context";
  private static final byte[] LABELS = "\"labels\"".getBytes(StandardCharsets.UTF_8);

  /**
   * Reads the members of an envelope.
   *
   * @throws ProblemException 422 when the labels of the context cannot be labels
   */
  public static SentAnnotations of(List<ExtraField> members) {
    AnnotationPatch ofContext = null;
    AnnotationPatch exported = null;
    List<ExtraField> extra = members;
    for (ExtraField member : members) {
      if (member.name().equals(CONTEXT) && holdsLabels(member.value())) {
        ofContext = AnnotationReader.ofContext(member.value());
      } else if (member.name().equals(SummaryJson.ANNOTATIONS)) {
        exported = AnnotationReader.ofExport(member.value());
        if (exported != null) {
          extra = new ArrayList<>(members);
          extra.remove(member);
        }
      }
    }
    return new SentAnnotations(extra, exported == null ? ofContext : exported);
  }

  /** Most contexts hold none, and are not parsed. */
  private static boolean holdsLabels(RawJson context) {
    byte[] bytes = context.toByteArray();
    for (int from = 0; from + LABELS.length <= bytes.length; from++) {
      int matching = 0;
      while (matching < LABELS.length && bytes[from + matching] == LABELS[matching]) {
        matching++;
      }
      if (matching == LABELS.length) {
        return true;
      }
    }
    return false;
  }
}
