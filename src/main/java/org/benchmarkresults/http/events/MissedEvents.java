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
 * Finds in the database what was stored and not told: by a node that died in between, in a message
 * that was lost, by a save whose end nobody knew, or by a service that shares the database and not
 * the bus. It reads everything once, when it is so old that nothing can come before it any more.
 * Thread-safe.
 */
final class MissedEvents {
  private static final Logger LOG = LoggerFactory.getLogger(MissedEvents.class);
  private static final int PAGE = 500;

  /** An answer takes its time. */
  private static final Duration UNNOTICED = Duration.ofSeconds(5);

  private final Bus bus;
  private final Clock clock;
  private final Duration overlap;
  private final boolean isShared;
  private final RecentEvents memory;
  private final Consumer<StoredEvent> tell;
  private volatile Instant settled = Instant.EPOCH;

  /** How far the database's clock is ahead: what was received says so by that one. */
  private volatile Duration difference = Duration.ZERO;

  private volatile boolean isFailing;
  private boolean isSweeping;

  /**
   * @param overlap a result is stored so long after its receipt at most
   * @param isShared whether other processes write to the database
   * @param memory what was told of late
   * @param tell tells what is not in the memory
   */
  MissedEvents(
      Bus bus,
      Clock clock,
      Duration overlap,
      boolean isShared,
      RecentEvents memory,
      Consumer<StoredEvent> tell) {
    this.bus = bus;
    this.clock = clock;
    this.overlap = overlap;
    this.isShared = isShared;
    this.memory = memory;
    this.tell = tell;
  }

  /** All that was received before it, and will ever be stored, is told. */
  Instant settled() {
    return isShared ? settled : beforeOverlap();
  }

  Instant beforeOverlap() {
    return clock.instant().plus(difference).minus(overlap);
  }

  /** Succeeds when what is there already is known, so that nobody is told of it as new. */
  Future<Void> begin() {
    Duration assumed = difference;
    Instant from = beforeOverlap();
    settled = from;
    return isShared
        ? read(PageKey.before(from), Instant.MAX, memory::put)
            .otherwiseEmpty()
            .compose(done -> difference.equals(assumed) ? Future.succeededFuture() : begin())
        : Future.succeededFuture();
  }

  /** Tells what is old enough. */
  void sweep() {
    if (!isShared || !mayBegin()) {
      return;
    }
    Instant until = beforeOverlap();
    Future<Void> unused =
        read(PageKey.before(settled), until, tell)
            // First, so that whoever sees what is settled finds that the next may begin.
            .onComplete(done -> end())
            .onSuccess(
                done -> {
                  settled = until;
                  isFailing = false;
                })
            .onFailure(this::failed);
  }

  /** Tells all that is there, for something may well be lost. */
  void lookNow() {
    Future<Void> unused = read(PageKey.before(settled), Instant.MAX, tell).onFailure(this::failed);
  }

  private synchronized boolean mayBegin() {
    boolean mayBegin = !isSweeping;
    isSweeping = true;
    return mayBegin;
  }

  private synchronized void end() {
    isSweeping = false;
  }

  /** What listeners have heard last does not move on meanwhile, so nothing is missed. */
  private void failed(Throwable failure) {
    if (!isFailing) {
      isFailing = true;
      LOG.atWarn()
          .addKeyValue("reason", "" + failure.getMessage())
          .log("what may not have been told cannot be looked up");
    }
  }

  private Future<Void> read(PageKey behind, Instant until, Consumer<StoredEvent> each) {
    return since(behind)
        .compose(
            page -> {
              page.events().forEach(each);
              PageKey next = page.next();
              return next == null || next.receivedAt().isAfter(until)
                  ? Future.succeededFuture()
                  : read(next, until, each);
            });
  }

  /** Succeeds with what was received behind the position. */
  Future<EventPage> since(PageKey behind) {
    return bus.request(Addresses.STORED_SINCE, new EventQuery(behind, PAGE)).onSuccess(this::learn);
  }

  private void learn(EventPage page) {
    if (page.at() != null) {
      Duration told = Duration.between(clock.instant(), page.at());
      if (told.minus(difference).abs().compareTo(UNNOTICED) > 0) {
        difference = told;
      }
    }
  }
}
