package org.benchmarkresults.http.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.event.EventPage;
import org.benchmarkresults.model.event.EventQuery;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.PageKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events missed by the bus, found in a database that the test simulates. */
@ExtendWith(VertxExtension.class)
class MissedEventsTest {
  private static final Duration OVERLAP = Duration.ofSeconds(60);

  private final List<StoredEvent> stored = new CopyOnWriteArrayList<>();
  private final List<EventQuery> asked = new CopyOnWriteArrayList<>();
  private final List<StoredEvent> told = new CopyOnWriteArrayList<>();
  private final SteppingClock clock = new SteppingClock();
  private volatile boolean isAway;
  private RecentEvents memory;
  private MissedEvents missed;

  /** A clock that the test advances. */
  private static final class SteppingClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void prepare(Vertx vertx) {
    Bus bus = new Bus(vertx);
    bus.serve(Addresses.STORED_SINCE, this::since);
    memory = new RecentEvents(clock, OVERLAP.multipliedBy(2));
    missed = new MissedEvents(bus, clock, OVERLAP, true, memory, this::tell);
  }

  /** Pages of two. */
  private Future<EventPage> since(EventQuery query) {
    asked.add(query);
    if (isAway) {
      return Future.failedFuture(new Unavailable("away"));
    }
    List<StoredEvent> found = new ArrayList<>();
    for (StoredEvent event : stored) {
      if (found.size() == 2) {
        Instant next = found.get(1).receivedAt().plusMillis(1);
        return Future.succeededFuture(new EventPage(found, PageKey.before(next)));
      }
      if (!event.receivedAt().isBefore(query.behind().receivedAt())) {
        found.add(event);
      }
    }
    return Future.succeededFuture(new EventPage(found, null));
  }

  private void tell(StoredEvent event) {
    if (memory.add(event)) {
      told.add(event);
    }
  }

  private StoredEvent store(String runId, int secondsAgo) {
    StoredEvent event =
        new StoredEvent(
            Stage.RAW,
            new ResultKey("t", "b", runId),
            null,
            null,
            null,
            1,
            1,
            Digest.of(ByteBuffer.allocate(0)),
            clock.now.minusSeconds(secondsAgo));
    stored.add(event);
    return event;
  }

  private void pass(int seconds) {
    clock.now = clock.now.plusSeconds(seconds);
  }

  private static void await(BooleanSupplier condition) {
    Await.until(condition, () -> "in vain");
  }

  private void sweep() {
    Instant until = clock.now.minus(OVERLAP);
    missed.sweep();
    await(() -> missed.settled().equals(until));
  }

  @Test
  void existingResultsAreNotDelivered() {
    for (int i = 50; i > 0; i--) {
      store("before " + i, i);
    }
    missed.begin().await();

    pass(55);
    sweep();
    pass(55);
    sweep();

    assertEquals(List.of(), told);
  }

  @Test
  void missedEventIsDeliveredOnce() {
    missed.begin().await();
    StoredEvent onTheBus = store("told", 0);
    tell(onTheBus);
    StoredEvent untold = store("untold", 0);

    for (int sweeps = 0; sweeps < 10; sweeps++) {
      pass(10);
      sweep();
    }

    assertEquals(List.of(onTheBus, untold), told);
  }

  @Test
  void lateResultIsDelivered() {
    missed.begin().await();
    pass(40);
    sweep();
    StoredEvent late = store("late", 30);

    pass(30);
    sweep();

    assertEquals(List.of(late), told);
  }

  @Test
  void settledResultsAreReadOnce() {
    missed.begin().await();
    for (int i = 9; i >= 0; i--) {
      store("r" + i, i);
    }
    pass(65);
    asked.clear();

    sweep();
    int first = asked.size();
    pass(10);
    sweep();

    assertEquals(10, told.size());
    assertEquals(List.of(5, 6), List.of(first, asked.size()));
  }

  @Test
  void readAllDeliversAtOnce() {
    missed.begin().await();
    StoredEvent untold = store("untold", 0);

    missed.readAll();

    await(() -> told.equals(List.of(untold)));
  }

  @Test
  void positionDoesNotAdvanceWhileTheDatabaseIsUnavailable() {
    missed.begin().await();
    Instant begun = missed.settled();
    StoredEvent untold = store("untold", 0);
    isAway = true;
    pass(100);
    asked.clear();
    missed.sweep();
    await(() -> !asked.isEmpty());
    Instant whileAway = missed.settled();

    isAway = false;
    await(
        () -> {
          missed.sweep();
          return !missed.settled().equals(begun);
        });

    assertEquals(begun, whileAway);
    assertEquals(List.of(untold), told);
  }
}
