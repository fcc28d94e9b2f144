package org.benchmarkresults.model.event;

/** Asks what is stored and was received behind a position, in the order of its receipt. */
public record EventQuery(EventPosition behind, int limit) {
  public EventQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }
}
