package org.benchmarkresults.model.annotation.request;

import org.benchmarkresults.model.annotation.Label;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the labels of all result names, by key and then by value.
 *
 * @param key null for all keys
 * @param prefix how the values begin, or the keys where no key is given; empty for all
 * @param after the last label of the page before; null for the first page
 * @param benchmarkPrefix only results whose benchmark name begins so are counted; empty for all
 */
public record LabelQuery(
    @Nullable String key, String prefix, @Nullable Label after, int limit, String benchmarkPrefix) {
  public LabelQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }
}
