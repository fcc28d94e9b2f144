package org.benchmarkresults.bus;

import java.util.List;
import org.benchmarkresults.model.event.ObservedEvent;
import org.benchmarkresults.model.event.StoredEvent;

/** All topics of the bus. */
public final class Topics {
  /** A result or a new version of one was stored. */
  public static final Topic<StoredEvent> STORED = new Topic<>("results.stored", StoredEvent.class);

  /** The observations of a result were stored. */
  public static final Topic<ObservedEvent> OBSERVED =
      new Topic<>("results.observed", ObservedEvent.class);

  /** All of the above. */
  public static final List<Topic<?>> ALL = List.of(STORED, OBSERVED);

  private Topics() {}
}
