package org.benchmarkresults.storage.operation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.operation.action.StoredBulk;
import org.benchmarkresults.storage.retention.Batches;
import org.benchmarkresults.storage.retention.Lease;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all started operations of the database in turns, a step of each, on the node that holds the
 * lease. A node that dies loses the lease, and another goes on; the embedded database has one node,
 * which goes on at once. Confined to one event loop.
 */
final class BulkRunner {
  private static final Logger LOG = LoggerFactory.getLogger(BulkRunner.class);
  private static final String LEASE = "bulk_operations";
  private static final Duration LEASE_LENGTH = Duration.ofSeconds(30);
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Clock clock;
  private final BulkStore store;
  private final BulkSteps steps;
  private final Lease lease;
  private final BooleanSupplier isStopping;
  private boolean running;
  private boolean wanted;
  private final Set<String> failing = new HashSet<>();

  /**
   * @param isStopping whether the node is about to stop
   */
  BulkRunner(OpenDatabase database, BulkStore store, BulkSteps steps, BooleanSupplier isStopping) {
    clock = database.clock();
    this.store = store;
    this.steps = steps;
    this.isStopping = isStopping;
    String node = database.isIndexed() ? UUID.randomUUID().toString() : "embedded";
    lease =
        new Lease(
            database.clients().vertxClient(),
            database.collections().leases(),
            LEASE,
            clock,
            node,
            LEASE_LENGTH,
            CLOCKS_DIFFER);
  }

  void begin(OpenDatabase database) {
    Timer unused = Timer.periodic(database.vertx(), PERIOD, this::turn);
  }

  /** Looks for operations now, unless this node is at it. */
  void turn() {
    wanted = true;
    if (running || isStopping.getAsBoolean()) {
      return;
    }
    running = true;
    wanted = false;
    var unused =
        open()
            .compose(found -> found.isEmpty() ? Future.succeededFuture() : runAll())
            .onComplete(
                (ended, failure) -> {
                  running = false;
                  if (failure != null) {
                    LOG.debug("bulk operations are looked for again", failure);
                  } else if (wanted) {
                    turn();
                  }
                });
  }

  private Future<List<StoredBulk>> open() {
    return store.open(Instant.ofEpochMilli(clock.millis()));
  }

  private Future<Void> runAll() {
    return lease.hold().compose(held -> held ? rounds() : Future.succeededFuture());
  }

  private Future<Void> rounds() {
    return Batches.of(this::round, lease::extend)
        .compose(all -> lease.giveBack(new JsonObject()))
        .mapEmpty();
  }

  /** A step of each operation; succeeds with how many made one. */
  private Future<Integer> round() {
    wanted = false;
    if (isStopping.getAsBoolean()) {
      return Future.succeededFuture(0);
    }
    return open()
        .compose(
            found -> {
              Future<Integer> stepped = Future.succeededFuture(0);
              for (StoredBulk bulk : found) {
                stepped = stepped.compose(before -> step(bulk).map(one -> before + one));
              }
              return stepped;
            });
  }

  /** A failure of one operation does not stop the others. */
  private Future<Integer> step(StoredBulk bulk) {
    return steps
        .step(bulk, lease::extend)
        .map(1)
        .onSuccess(stepped -> failing.remove(bulk.id()))
        .otherwise(
            failure -> {
              log(bulk.id(), failure);
              return 0;
            });
  }

  /** The first failure of several in a row alone. */
  private void log(String operation, Throwable failure) {
    if (failing.add(operation)) {
      @Nullable Throwable bug = failure instanceof Unavailable ? null : failure;
      (bug == null ? LOG.atWarn() : LOG.atError())
          .addKeyValue("operation", operation)
          .addKeyValue("reason", failure.getMessage())
          .setCause(bug)
          .log("a step of a bulk operation failed and is tried again");
    }
  }
}
