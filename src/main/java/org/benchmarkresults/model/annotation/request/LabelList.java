package org.benchmarkresults.model.annotation.request;

import java.util.List;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.search.ResultCount;

/**
 * A page of labels.
 *
 * @param more whether there may be labels behind the last
 */
public record LabelList(List<Used> labels, boolean more) {
  /**
   * A label that some results have.
   *
   * @param results the number of result names with it
   */
  public record Used(Label label, ResultCount results) {}

  public LabelList {
    labels = List.copyOf(labels);
  }
}
