package org.benchmarkresults.model;

import java.time.Instant;

/**
 * Asks what was received at a moment or later and is stored, in the order of its receipt.
 *
 * @param limit about how many are wanted; those of one millisecond are never divided
 */
public record EventQuery(Instant from, int limit) {
  public EventQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }
}
