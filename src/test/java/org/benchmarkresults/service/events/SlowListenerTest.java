package org.benchmarkresults.service.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Topics;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.event.EventPage;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.service.HttpAlone;
import org.benchmarkresults.service.events.Listener.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Listeners that take less than there is to tell, before a bus that the test itself fills. */
@ExtendWith(VertxExtension.class)
class SlowListenerTest {
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_WHILE_REPLAYING = 10_000;

  /** More than any socket takes. */
  private static final int FLOOD = 100_000;

  private HttpAlone rooms;

  @BeforeEach
  void start(Vertx vertx) {
    rooms = HttpAlone.start(vertx);
  }

  private static StoredEvent event(int number) {
    return new StoredEvent(
        Stage.RAW,
        new ResultKey("t", "b", "r" + number),
        null,
        null,
        "x".repeat(200),
        1,
        1,
        Digest.of(ByteBuffer.allocate(0)),
        Instant.ofEpochMilli(number));
  }

  private void publish(int from, int to) {
    for (int i = from; i < to; i++) {
      rooms.bus().publish(Topics.STORED, event(i));
    }
  }

  @Test
  void whoDoesNotReadIsDroppedAndToldWhy() {
    Listener slow = Listener.to(rooms.client(), "/events");
    Listener quick = Listener.to(rooms.client(), "/events");
    slow.await(heard -> !heard.position().isEmpty());
    quick.await(heard -> !heard.position().isEmpty());
    slow.pause();

    for (int from = 0; from < 5 * MOST_WAITING; from += MOST_WAITING / 2) {
      int to = from + MOST_WAITING / 2;
      publish(from, to);
      quick.await(heard -> heard.stored().size() == to);
    }
    quick.leave();
    publish(5 * MOST_WAITING, FLOOD);
    slow.resume();

    slow.await(Listener::isOver);
    Event last = slow.events().get(slow.events().size() - 1);
    assertEquals("dropped", last.name());
    assertEquals("slow", last.json().getString("reason"));
    assertTrue(slow.stored().size() < FLOOD, () -> slow.stored().size() + " told");
  }

  @Test
  void whatDoesNotFitWhileTheMissedIsReadIsReadToo() {
    Queue<Promise<EventPage>> asked = new ConcurrentLinkedQueue<>();
    rooms.serve(
        Addresses.STORED_SINCE,
        query -> {
          Promise<EventPage> promise = Promise.promise();
          asked.add(promise);
          return promise.future();
        });
    Listener listener = Listener.to(rooms.client(), "/events", "Last-Event-ID", "1000000");
    listener.await(heard -> asked.size() == 1);

    publish(0, MOST_WHILE_REPLAYING + 10);
    rooms.letTheServiceWork();
    asked.remove().complete(new EventPage(List.of(event(1), event(2)), null));
    listener.await(heard -> asked.size() == 1);
    asked
        .remove()
        .complete(new EventPage(List.of(event(3)), PageKey.before(Instant.ofEpochMilli(4))));
    listener.await(heard -> asked.size() == 1);
    asked.remove().complete(new EventPage(List.of(event(4)), null));
    publish(FLOOD, FLOOD + 1);

    listener.await(heard -> heard.stored().contains("raw_input t-b-r" + FLOOD + " 1"));
    assertEquals(
        List.of("r1", "r2", "r3", "r4"),
        listener.events().stream()
            .filter(event -> event.name().equals("stored"))
            .limit(4)
            .map(event -> event.json().getString("run_id"))
            .toList());
  }

  @Test
  void whenTheMissedCannotBeReadTheStreamEndsAndTheIdStays() {
    rooms.serve(Addresses.STORED_SINCE, query -> Future.failedFuture(new Unavailable("away")));

    Listener listener = Listener.to(rooms.client(), "/events", "Last-Event-ID", "1000000");

    listener.await(Listener::isOver);
    Event last = listener.events().get(listener.events().size() - 1);
    assertEquals("unsure", last.json().getString("reason"));
    assertEquals("1000000", listener.position());
  }
}
