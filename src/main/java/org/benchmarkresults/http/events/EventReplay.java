package org.benchmarkresults.http.events;

import io.vertx.core.Future;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.benchmarkresults.model.event.EventPage;
import org.benchmarkresults.model.search.PageKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events that a client missed from the database, page by page within the memory budget.
 * Confined to the request's event loop.
 */
final class EventReplay {
  private static final int MAX_REPLAYS = 2;

  /** Memory of one page, in all its forms, while it is read. */
  private static final long PAGE_BYTES = 2 << 20;

  private final MissedEvents missed;
  private final ResponseBudget budget;
  private @Nullable PageKey next;
  private @Nullable Share share;
  private int replays;
  private boolean isReading;

  EventReplay(MissedEvents missed, ResponseBudget budget) {
    this.missed = missed;
    this.budget = budget;
  }

  void start(Instant position) {
    next = PageKey.before(position);
    replays++;
  }

  /** Bounds the replays of a client for which new events arrive faster than they are read. */
  boolean mayRestart() {
    return replays < MAX_REPLAYS;
  }

  boolean isPending() {
    return next != null;
  }

  boolean isReading() {
    return isReading;
  }

  /** Succeeds with the next page; the memory is held until {@link #release}. */
  Future<EventPage> read(BooleanSupplier isClosed) {
    PageKey from = next;
    if (from == null) {
      throw new IllegalStateException("no replay is pending");
    }
    isReading = true;
    return budget
        .acquireNext(Use.PAGES, PAGE_BYTES)
        .compose(
            acquired -> {
              if (isClosed.getAsBoolean()) {
                acquired.close();
                return Future.failedFuture(new ClosedChannelException());
              }
              release();
              share = acquired;
              return missed.after(from);
            })
        .onSuccess(page -> next = page.next())
        .onComplete(done -> isReading = false);
  }

  /** Keeps as much memory as the text of the page takes. */
  void resize(long bytes) {
    if (share != null) {
      share.resize(bytes);
    }
  }

  void release() {
    if (share != null) {
      share.close();
      share = null;
    }
  }
}
