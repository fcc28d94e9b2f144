package org.benchmarkresults.storage.operation;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.timer.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes operations that were not run or ended long ago, now and then, on each node. Confined to
 * one event loop.
 */
final class BulkExpiry {
  private static final Logger LOG = LoggerFactory.getLogger(BulkExpiry.class);

  /** Dry runs, whose tokens have expired by then. */
  static final Duration UNUSED = Duration.ofDays(1);

  static final Duration ENDED = Duration.ofDays(30);

  private static final Duration PERIOD = Duration.ofMinutes(10);

  private final Clock clock;
  private final BulkStore store;
  private final ItemStore items;

  BulkExpiry(Clock clock, BulkStore store, ItemStore items) {
    this.clock = clock;
    this.store = store;
    this.items = items;
  }

  void begin(OpenDatabase database) {
    Timer unused =
        Timer.periodic(
            database.vertx(),
            PERIOD,
            () -> {
              var unusedToo =
                  run().onFailure(failure -> LOG.debug("old operations remain", failure));
            });
  }

  /** Removes some; succeeds when they are removed. */
  Future<Void> run() {
    Instant now = clock.instant();
    return store
        .closedBefore(now.minus(UNUSED), false)
        .compose(this::remove)
        .compose(removed -> store.closedBefore(now.minus(ENDED), true))
        .compose(this::remove);
  }

  private Future<Void> remove(List<String> ids) {
    Future<Void> removed = Future.succeededFuture();
    for (String id : ids) {
      removed =
          removed.compose(before -> items.remove(id)).compose(withoutItems -> store.remove(id));
    }
    return removed;
  }
}
