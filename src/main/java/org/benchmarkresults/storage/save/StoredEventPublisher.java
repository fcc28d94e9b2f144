package org.benchmarkresults.storage.save;

import java.util.function.ObjIntConsumer;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Topics;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;

/** Publishes an event for each result that is durable. Stateless. */
public final class StoredEventPublisher implements ObjIntConsumer<Result> {
  private final Bus bus;

  public StoredEventPublisher(Bus bus) {
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
