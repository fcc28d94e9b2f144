package org.benchmarkresults.http.events;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.event.EventPage;
import org.benchmarkresults.model.event.EventQuery;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.search.PageKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds stored results whose event was not delivered: after a crash, a lost message, a save with
 * unknown outcome, or a write by a service on the same database but another bus. Reads every result
 * once, when it is so old that none can be stored before it any more. Thread-safe.
 */
final class MissedEvents {
  private static final Logger LOG = LoggerFactory.getLogger(MissedEvents.class);
  private static final int PAGE_SIZE = 500;

  /** Clock differences below this are within the latency of a reply. */
  private static final Duration MIN_DIFFERENCE = Duration.ofSeconds(5);

  private final Bus bus;
  private final Clock clock;
  private final Duration overlap;
  private final boolean isShared;
  private final RecentEvents recent;
  private final Consumer<StoredEvent> deliver;
  private volatile Instant settled = Instant.EPOCH;

  /** How far the clock of the database, which stamps results, is ahead. */
  private volatile Duration clockDifference = Duration.ZERO;

  private volatile boolean isFailing;
  private boolean isSweeping;

  /**
   * @param overlap longest time from the receipt of a result until it is stored
   * @param isShared whether other processes write to the database
   * @param recent events delivered recently
   * @param deliver delivers an event unless it is recent
   */
  MissedEvents(
      Bus bus,
      Clock clock,
      Duration overlap,
      boolean isShared,
      RecentEvents recent,
      Consumer<StoredEvent> deliver) {
    this.bus = bus;
    this.clock = clock;
    this.overlap = overlap;
    this.isShared = isShared;
    this.recent = recent;
    this.deliver = deliver;
  }

  /** All results received before it, now or ever stored, were delivered. */
  Instant settled() {
    return isShared ? settled : beforeOverlap();
  }

  Instant beforeOverlap() {
    return clock.instant().plus(clockDifference).minus(overlap);
  }

  /** Succeeds when existing results are recorded as delivered. */
  Future<Void> begin() {
    Duration assumed = clockDifference;
    Instant from = beforeOverlap();
    settled = from;
    return isShared
        ? read(PageKey.before(from), Instant.MAX, recent::put)
            .otherwiseEmpty()
            .compose(done -> clockDifference.equals(assumed) ? Future.succeededFuture() : begin())
        : Future.succeededFuture();
  }

  /** Delivers missed events that are old enough. */
  void sweep() {
    if (!isShared || !tryStart()) {
      return;
    }
    Instant until = beforeOverlap();
    Future<Void> unused =
        read(PageKey.before(settled), until, deliver)
            // Before settled changes, so that its observers can start the next sweep.
            .onComplete(done -> end())
            .onSuccess(
                done -> {
                  settled = until;
                  isFailing = false;
                })
            .onFailure(this::failed);
  }

  /** Delivers all missed events at once, since messages may have been lost. */
  void readAll() {
    Future<Void> unused =
        read(PageKey.before(settled), Instant.MAX, deliver).onFailure(this::failed);
  }

  private synchronized boolean tryStart() {
    boolean mayStart = !isSweeping;
    isSweeping = true;
    return mayStart;
  }

  private synchronized void end() {
    isSweeping = false;
  }

  /** Positions do not advance meanwhile, so nothing is lost. */
  private void failed(Throwable failure) {
    if (!isFailing) {
      isFailing = true;
      LOG.atWarn()
          .addKeyValue("reason", "" + failure.getMessage())
          .log("missed events cannot be read");
    }
  }

  private Future<Void> read(PageKey after, Instant until, Consumer<StoredEvent> each) {
    return after(after)
        .compose(
            page -> {
              page.events().forEach(each);
              PageKey next = page.next();
              return next == null || next.receivedAt().isAfter(until)
                  ? Future.succeededFuture()
                  : read(next, until, each);
            });
  }

  /** Succeeds with a page of results received after the key. */
  Future<EventPage> after(PageKey after) {
    return bus.request(Addresses.STORED_SINCE, new EventQuery(after, PAGE_SIZE))
        .onSuccess(this::measureClock);
  }

  private void measureClock(EventPage page) {
    if (page.at() != null) {
      Duration measured = Duration.between(clock.instant(), page.at());
      if (measured.minus(clockDifference).abs().compareTo(MIN_DIFFERENCE) > 0) {
        clockDifference = measured;
      }
    }
  }
}
