package org.benchmarkresults.model.annotation.request;

import org.benchmarkresults.model.annotation.Label;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the labels of all result names, by key and then by value.
 *
 * @param key null for all keys
 * @param prefix how the values begin, or the keys where no key is given; empty for all
 * @param after the last label of the page before; null for the first page
 * @param exactly whether the prefix is the whole value
 * @param benchmarkPrefix only results whose benchmark name begins so are counted; empty for all
 */
public record LabelQuery(
    @Nullable String key,
    String prefix,
    @Nullable Label after,
    int limit,
    String benchmarkPrefix,
    boolean exactly) {
  public LabelQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }

  public LabelQuery(
      @Nullable String key,
      String prefix,
      @Nullable Label after,
      int limit,
      String benchmarkPrefix) {
    this(key, prefix, after, limit, benchmarkPrefix, false);
  }

  /** Asks for one label. */
  public static LabelQuery of(Label label, String benchmarkPrefix) {
    return new LabelQuery(label.key(), label.value(), null, 1, benchmarkPrefix, true);
  }
}
