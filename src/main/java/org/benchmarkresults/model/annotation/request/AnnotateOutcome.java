package org.benchmarkresults.model.annotation.request;

import org.benchmarkresults.model.result.ResultSummary;

/** The outcome of changing the annotations of one result. */
public sealed interface AnnotateOutcome {
  /**
   * The result has the annotations now.
   *
   * @param changed whether the request changed anything
   */
  record Annotated(ResultSummary summary, boolean changed) implements AnnotateOutcome {}

  /** There is no such result. */
  record NotThere() implements AnnotateOutcome {}

  /** The precondition does not hold. */
  record OtherState(ResultSummary summary) implements AnnotateOutcome {}

  /** The result would have too many labels. */
  record TooManyLabels(int labels) implements AnnotateOutcome {}
}
