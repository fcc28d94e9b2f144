package org.benchmarkresults.storage;

import java.util.function.ObjIntConsumer;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Topics;
import org.benchmarkresults.model.Result;
import org.benchmarkresults.model.ResultSummary;
import org.benchmarkresults.model.Stage;
import org.benchmarkresults.model.StoredEvent;

/** Tells the bus what was stored, once it is safe. Stateless. */
final class Announcements implements ObjIntConsumer<Result> {
  private final Bus bus;

  Announcements(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void accept(Result written, int version) {
    bus.publish(Topics.STORED, StoredEvent.of(written, version));
  }

  /** The same of a version that was made the newest again. */
  void tell(Stage stage, ResultSummary newest) {
    bus.publish(Topics.STORED, StoredEvent.of(stage, newest));
  }
}
