package org.benchmarkresults.storage.save;

import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Topics;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;

/** Publishes an event for each result that is durable, and has it read for observations. */
public final class StoredEventPublisher implements ObjIntConsumer<Result> {
  private final Bus bus;
  private final DeriveRequests derive;
  private final Consumer<String> begun;

  /**
   * @param begun receives the name of each result that is stored anew
   */
  public StoredEventPublisher(Bus bus, Consumer<String> begun) {
    this.bus = bus;
    this.begun = begun;
    derive = new DeriveRequests(bus);
  }

  @Override
  public void accept(Result written, int version) {
    bus.publish(Topics.STORED, StoredEvent.of(written, version));
    derive.send(written.stage(), written.envelope().key().resultName(), version);
    if (version == 1) {
      begun.accept(written.envelope().key().resultName());
    }
  }

  /** The same of a version that was made the newest again. */
  void tell(Stage stage, ResultSummary newest) {
    bus.publish(Topics.STORED, StoredEvent.of(stage, newest));
    derive.send(stage, newest.resultName(), newest.version());
  }
}
