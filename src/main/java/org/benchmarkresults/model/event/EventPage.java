package org.benchmarkresults.model.event;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.search.PageKey;
import org.jspecify.annotations.Nullable;

/**
 * A page of stored results and versions in the order of receipt.
 *
 * @param next where the page ends; null when there is no more now
 * @param at the time of the database by then; null when it is not known
 */
public record EventPage(List<StoredEvent> events, @Nullable PageKey next, @Nullable Instant at) {
  public EventPage {
    events = List.copyOf(events);
  }

  public EventPage(List<StoredEvent> events, @Nullable PageKey next) {
    this(events, next, null);
  }

  /** The same, at that time of the database. */
  public EventPage at(Instant time) {
    return new EventPage(events, next, time);
  }
}
