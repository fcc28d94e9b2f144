package org.benchmarkresults.model.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The sort values of the last row of a page. The next page begins right behind them, so that pages
 * neither repeat nor skip rows while others are written.
 *
 * @param moment in an order by timestamp; null in others, and where the row has none
 * @param text in an order by texts; null in others, and where the row has none
 * @param receivedAt when the row was first received; of an audit entry, when it was written
 * @param kind where rows of several kinds are merged: which of these, counted from 0; else 0
 * @param id of the row's document, the last sort value of every order
 */
public record PageKey(
    @Nullable Instant moment, @Nullable String text, Instant receivedAt, int kind, String id) {
  public PageKey(@Nullable Instant moment, @Nullable String text, Instant receivedAt, String id) {
    this(moment, text, receivedAt, 0, id);
  }

  /** In an order by the time of receipt. */
  public PageKey(Instant receivedAt, String id) {
    this(null, null, receivedAt, id);
  }

  /** In an order by one text alone. */
  public static PageKey of(String text) {
    return new PageKey(null, text, Instant.EPOCH, "");
  }

  /** Before all rows that were received at the moment or later. */
  public static PageKey before(Instant moment) {
    return new PageKey(moment, "");
  }
}
