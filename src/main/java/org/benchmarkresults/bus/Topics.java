package org.benchmarkresults.bus;

import java.util.List;
import org.benchmarkresults.model.event.StoredEvent;

/** All topics of the bus. */
public final class Topics {
  /** A result or a new version of one was stored. */
  public static final Topic<StoredEvent> STORED = new Topic<>("results.stored", StoredEvent.class);

  /** All of the above. */
  public static final List<Topic<?>> ALL = List.of(STORED);

  private Topics() {}
}
