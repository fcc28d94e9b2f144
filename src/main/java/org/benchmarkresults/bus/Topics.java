package org.benchmarkresults.bus;

import java.util.List;
import org.benchmarkresults.model.event.StoredEvent;

/** The one list of topics. */
public final class Topics {
  /** A result, or a new version of one, is stored. */
  public static final Topic<StoredEvent> STORED = new Topic<>("results.stored", StoredEvent.class);

  /** All of the above. */
  public static final List<Topic<?>> ALL = List.of(STORED);

  private Topics() {}
}
