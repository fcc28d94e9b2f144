package org.benchmarkresults.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was received and is stored.
 *
 * @param next the moment from which on there may be more; null when there is no more now
 */
public record EventPage(List<StoredEvent> events, @Nullable Instant next) {
  public EventPage {
    events = List.copyOf(events);
  }
}
