package org.benchmarkresults.bus;

import java.time.Duration;
import java.util.List;
import org.benchmarkresults.model.annotation.request.AnnotateOutcome;
import org.benchmarkresults.model.annotation.request.AnnotateRequest;
import org.benchmarkresults.model.annotation.request.AnnotationHistory;
import org.benchmarkresults.model.annotation.request.AnnotationHistoryQuery;
import org.benchmarkresults.model.annotation.request.LabelList;
import org.benchmarkresults.model.annotation.request.LabelQuery;

/** The addresses of the bus that serve annotations. */
public final class AnnotationAddresses {
  private static final Duration NORMAL = Duration.ofSeconds(30);

  /** Changes labels, note and exclusion of one result name. */
  public static final Address<AnnotateRequest, AnnotateOutcome> ANNOTATE =
      new Address<>(
          "annotations.change", AnnotateRequest.class, AnnotateOutcome.class, NORMAL, false);

  /** Lists the changes of the annotations of one result name. */
  public static final Address<AnnotationHistoryQuery, AnnotationHistory> ANNOTATION_HISTORY =
      new Address<>(
          "annotations.history", AnnotationHistoryQuery.class, AnnotationHistory.class, NORMAL);

  /** Lists the labels of all results. */
  public static final Address<LabelQuery, LabelList> LABELS =
      new Address<>("annotations.labels", LabelQuery.class, LabelList.class, NORMAL);

  static final List<Address<?, ?>> ALL = List.of(ANNOTATE, ANNOTATION_HISTORY, LABELS);

  private AnnotationAddresses() {}
}
