package org.benchmarkresults.storage.operation;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.benchmarkresults.model.operation.BulkAction;
import org.benchmarkresults.model.operation.BulkChange;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.operation.BulkState;
import org.benchmarkresults.storage.operation.action.ChunkAction;
import org.benchmarkresults.storage.operation.action.Item;
import org.benchmarkresults.storage.operation.action.PurgeItems;
import org.benchmarkresults.storage.operation.action.StoredBulk;

/**
 * One step of a run after the other, each by the document of its operation alone, so that any node
 * goes on where another stopped: first the new matches are counted, then each chunk is done. A
 * purge looks at its chunks again shortly after the last one and once more some minutes later, to
 * remove what writers that were under way have written.
 */
final class BulkSteps {
  /** Writes that were under way when a result was purged have ended, unless they were held up. */
  private static final Duration WRITES_END = Duration.ofSeconds(2);

  /** The same of writes that were held up, by an outage of the database say. */
  private static final Duration LATE_WRITES_END = Duration.ofMinutes(2);

  private final Clock clock;
  private final BulkStore store;
  private final ItemStore items;
  private final ResultPages pages;
  private final Map<BulkAction, ChunkAction> actions;
  private final PurgeItems purge;

  BulkSteps(
      Clock clock,
      BulkStore store,
      ItemStore items,
      ResultPages pages,
      Map<BulkAction, ChunkAction> actions,
      PurgeItems purge) {
    this.clock = clock;
    this.store = store;
    this.items = items;
    this.pages = pages;
    this.actions = new EnumMap<>(actions);
    this.purge = purge;
  }

  /**
   * Does the next step.
   *
   * @param mayGoOn extends the lease; false ends a long step
   */
  Future<Void> step(StoredBulk bulk, Supplier<Future<Boolean>> mayGoOn) {
    BulkState state = bulk.operation().state();
    boolean runs = state == BulkState.RUNNING;
    if (runs && bulk.begun() == 0 && bulk.operation().progress().newMatches() == null) {
      return match(bulk, mayGoOn);
    }
    if (runs && bulk.next() < bulk.chunks()) {
      return chunk(bulk);
    }
    boolean isOver = !runs && state != BulkState.CANCELLING;
    int toCheck = isPurge(bulk) ? bulk.next() * (isOver ? 2 : 1) : 0;
    if (bulk.checked() < toCheck) {
      return check(bulk);
    }
    return isOver ? close(bulk) : end(bulk, runs ? BulkState.DONE : BulkState.CANCELLED);
  }

  private static boolean isPurge(StoredBulk bulk) {
    return bulk.operation().change().purge();
  }

  private Future<Void> match(StoredBulk bulk, Supplier<Future<Boolean>> mayGoOn) {
    NewMatches matches = new NewMatches(pages, items, bulk);
    return matches
        .find(mayGoOn)
        .compose(
            counted ->
                counted
                    ? store.matched(bulk.id(), matches.count(), matches.names())
                    // They stay unknown.
                    : bulk.chunks() == 0 ? end(bulk, BulkState.DONE) : chunk(bulk));
  }

  private Future<Void> chunk(StoredBulk bulk) {
    boolean again = bulk.begun() > bulk.next();
    return (again ? Future.<Void>succeededFuture() : store.begun(bulk))
        .compose(begun -> items.read(bulk.id(), bulk.next()))
        .compose(chunk -> run(bulk, chunk, again))
        .compose(
            progress ->
                store.advance(
                    bulk, progress, isPurge(bulk) && isLast(bulk) ? in(WRITES_END) : now()));
  }

  private static boolean isLast(StoredBulk bulk) {
    return bulk.next() + 1 == bulk.chunks();
  }

  private Future<BulkProgress> run(StoredBulk bulk, List<Item> chunk, boolean again) {
    BulkChange change = bulk.operation().change();
    ChunkAction action =
        change.purge() ? purge : Objects.requireNonNull(actions.get(change.action()));
    return action.run(bulk, chunk, again);
  }

  private Future<Void> check(StoredBulk bulk) {
    return items
        .read(bulk.id(), bulk.checked() % bulk.next())
        .compose(purged -> purge.check(bulk, purged))
        .compose(done -> store.checked(bulk));
  }

  private Future<Void> end(StoredBulk bulk, BulkState state) {
    boolean isToCheck = isPurge(bulk) && bulk.next() > 0;
    return isToCheck
        ? store.end(bulk.id(), state, now(), in(LATE_WRITES_END))
        : items.remove(bulk.id()).compose(removed -> store.end(bulk.id(), state, now(), null));
  }

  private Future<Void> close(StoredBulk bulk) {
    return items.remove(bulk.id()).compose(removed -> store.close(bulk.id()));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  private Instant in(Duration pause) {
    return now().plus(pause);
  }
}
