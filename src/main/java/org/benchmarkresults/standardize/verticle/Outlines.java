package org.benchmarkresults.standardize.verticle;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.outline.OutlineOutcome;
import org.benchmarkresults.model.outline.OutlineQuery;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.standardize.outline.OutlineReader;

/** Looks into the data of stored results. */
final class Outlines {
  private final Bus bus;
  private final WorkerExecutor workers;
  private final BooleanSupplier isClosed;

  Outlines(Bus bus, WorkerExecutor workers, BooleanSupplier isClosed) {
    this.bus = bus;
    this.workers = workers;
    this.isClosed = isClosed;
  }

  /** Succeeds with what stands at the pointer; fails with {@link Unavailable}. */
  Future<OutlineOutcome> of(OutlineQuery query) {
    return bus.request(Addresses.FIND, query.ref())
        .compose(
            outcome ->
                switch (outcome) {
                  case FindOutcome.Found found ->
                      workers.executeBlocking(() -> read(query, found), false);
                  case FindOutcome.NotFound none ->
                      Future.succeededFuture(new OutlineOutcome.NoResult());
                });
  }

  private OutlineOutcome read(OutlineQuery query, FindOutcome.Found found) throws IOException {
    StoredBody body = new StoredBody(bus, query.ref().stage(), found.data(), isClosed);
    try (InputStream data = body.open()) {
      return OutlineReader.read(
          data, query.pointer(), query.from(), query.limit(), found.summary().version());
    }
  }
}
