package org.benchmarkresults.model.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a search ended: what its last row was ordered by.
 *
 * @param moment of an order by timestamp; null otherwise, and where it cannot be told
 * @param text of an order by benchmark name or model; null otherwise, and where it is missing
 * @param id of the row's document
 */
public record Mark(
    @Nullable Instant moment, @Nullable String text, Instant firstReceivedAt, String id) {
  /** Where a page of texts ended that are ordered by nothing else. */
  public static Mark at(String text) {
    return new Mark(null, text, Instant.EPOCH, "");
  }
}
