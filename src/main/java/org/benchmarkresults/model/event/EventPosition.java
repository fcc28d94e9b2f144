package org.benchmarkresults.model.event;

import java.time.Instant;

/**
 * Where one was among all that was ever received, in the order of its receipt. Many results may be
 * received in one millisecond, so the moment alone does not tell.
 *
 * @param kind which of the kinds of documents that storage looks through, counted from 0
 * @param id of the document; empty before all of that moment
 */
public record EventPosition(Instant receivedAt, int kind, String id) {
  /** Before all that was received at the moment or later. */
  public static EventPosition before(Instant moment) {
    return new EventPosition(moment, 0, "");
  }
}
