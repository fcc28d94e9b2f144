package org.benchmarkresults.model.event;

import org.benchmarkresults.model.search.PageKey;

/**
 * Requests stored results and versions in the order of their receipt.
 *
 * @param behind where the page before ended
 * @param limit the most events of the page, at least 1
 */
public record EventQuery(PageKey behind, int limit) {
  public EventQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }
}
