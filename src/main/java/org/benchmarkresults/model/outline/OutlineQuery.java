package org.benchmarkresults.model.outline;

import org.benchmarkresults.model.result.ResultRef;

/**
 * Requests the children of a value in a result's data.
 *
 * @param pointer JSON pointer (RFC 6901) of the value; empty for the whole data
 * @param from index of the first child wanted
 * @param limit the most children, at least 1
 */
public record OutlineQuery(ResultRef ref, String pointer, int from, int limit) {
  public OutlineQuery {
    if (limit < 1 || from < 0) {
      throw new IllegalArgumentException("children " + from + " and " + limit + " more");
    }
  }
}
