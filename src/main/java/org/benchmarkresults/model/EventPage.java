package org.benchmarkresults.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was received and is stored.
 *
 * @param next where the page ends; null when there is no more now
 */
public record EventPage(List<StoredEvent> events, @Nullable EventPosition next) {
  public EventPage {
    events = List.copyOf(events);
  }
}
