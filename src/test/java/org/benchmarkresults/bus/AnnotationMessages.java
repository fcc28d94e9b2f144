package org.benchmarkresults.bus;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.benchmarkresults.model.annotation.AnnotationPatch.LabelChange;
import org.benchmarkresults.model.annotation.AnnotationPatch.Replacement;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.annotation.request.AnnotateOutcome;
import org.benchmarkresults.model.annotation.request.AnnotateRequest;
import org.benchmarkresults.model.annotation.request.AnnotationHistory;
import org.benchmarkresults.model.annotation.request.AnnotationHistoryQuery;
import org.benchmarkresults.model.annotation.request.LabelList;
import org.benchmarkresults.model.annotation.request.LabelQuery;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.version.VersionTag;

/** Messages of annotations, with their optional parts and without. */
final class AnnotationMessages {
  static final Annotations ANNOTATIONS =
      new Annotations(
          7, List.of(new Label("nightly", "main"), new Label("team", "")), "a *note*", "throttled");
  static final AnnotationPatch PATCH =
      new AnnotationPatch(
          true,
          List.of(new LabelChange("nightly", "main"), new LabelChange("team", null)),
          new Replacement(null),
          new Replacement("throttled"));

  private static final Instant NOON = Instant.parse("2026-04-21T12:00:00.123Z");
  private static final String NAME = "2026-04-21-Eval-r1";
  private static final AnnotationPatch EMPTY = new AnnotationPatch(false, List.of(), null, null);
  private static final ResultSummary SUMMARY =
      new ResultSummary(
          new Envelope(new ResultKey("2026-04-21", "Eval", "r1"), null, null, null, List.of()),
          null,
          1,
          2,
          new Digest("sha256:" + "0".repeat(64)),
          0,
          NOON,
          NOON,
          ANNOTATIONS);

  private AnnotationMessages() {}

  static List<Object> all() {
    return List.of(
        new AnnotateRequest(Stage.RAW, NAME, EMPTY, null, "", null),
        new AnnotateRequest(
            Stage.STANDARDIZED,
            NAME,
            PATCH,
            List.of(new VersionTag(1, "00", "ff", null), new VersionTag(1, "00", "ff", 7)),
            "Ev",
            new Actor("key:a", "::1", "r")),
        new AnnotateOutcome.Annotated(SUMMARY, true),
        new AnnotateOutcome.NotThere(),
        new AnnotateOutcome.OtherState(SUMMARY.with(Annotations.NONE)),
        new AnnotateOutcome.TooManyLabels(65),
        new AnnotationHistoryQuery(new ResultRef(Stage.RAW, NAME, null), null, 1),
        new AnnotationHistoryQuery(new ResultRef(Stage.RAW, NAME, null), 9, 100),
        new AnnotationHistory(false, Annotations.NONE, List.of(), null),
        new AnnotationHistory(
            true, ANNOTATIONS, List.of(new AnnotationHistory.Change(NOON, "", ANNOTATIONS)), 7),
        new LabelQuery(null, "", null, 1, ""),
        new LabelQuery("nightly", "m", new Label("nightly", "main"), 100, "Ev"),
        new LabelList(List.of(), false),
        new LabelList(
            List.of(new LabelList.Used(new Label("nightly", "main"), new ResultCount(3, true))),
            true));
  }
}
