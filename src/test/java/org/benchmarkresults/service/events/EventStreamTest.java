package org.benchmarkresults.service.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.events.Listener.Event;
import org.junit.jupiter.api.Test;

/** How an event stream begins, stays alive and ends. */
@OnMongod
class EventStreamTest extends ServiceWithEvents {
  EventStreamTest(Backend backend) {
    super(backend);
  }

  @Test
  void headIsAnsweredAndGetAtOnce() {
    Answer head = client.head("/events");
    Answer preflight =
        client
            .send(
                HttpMethod.OPTIONS,
                "/events",
                Buffer.buffer(),
                "Origin",
                "https://a.example",
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "last-event-id")
            .await();

    Listener listener = Listener.to(client, "/events", "Origin", "https://a.example");

    assertEquals(200, head.status());
    assertEquals("text/event-stream", head.header("Content-Type"));
    assertEquals("last-event-id", preflight.header("access-control-allow-headers"));
    assertEquals("*", listener.header("access-control-allow-origin"));
  }

  @Test
  void whenNothingIsStoredItIsHeardThatTheStreamLives() {
    restart(Map.of("HTTP_IDLE_TIMEOUT", "2s"));

    Listener listener = Listener.to(client, "/events");

    listener.await(heard -> heard.events().stream().filter(e -> e.name().isEmpty()).count() >= 3);
  }

  @Test
  void aNodeThatStopsSaysSoAndEndsItsStreams() {
    Listener listener = Listener.to(client, "/events");
    listener.await(heard -> !heard.position().isEmpty());

    server.close().await();

    listener.await(Listener::isOver);
    Event last = listener.events().get(listener.events().size() - 1);
    assertEquals("closing", last.name());
    assertEquals("stopping", last.json().getString("reason"));
    start(Map.of());
  }

  @Test
  void moreListenersThanMayAreSentAway() {
    restart(Map.of("EVENTS_LISTENERS", "2"));
    Listener first = Listener.to(client, "/events");
    Listener second = Listener.to(client, "/events");

    Listener third = Listener.to(client, "/events");

    assertEquals(List.of(200, 200, 503), List.of(first.status(), second.status(), third.status()));
    first.leave();
    second.await(
        heard -> {
          Listener next = Listener.to(client, "/events");
          next.leave();
          return next.status() == 200;
        });
  }

  @Test
  void anIdThatIsNoneIsRefused() {
    for (String id : List.of("x", "-1", "1234567890123456", "1.5")) {
      assertEquals(400, client.get("/events", "Last-Event-ID", id).status(), id);
      assertEquals(400, client.get("/events?last_event_id=" + id).status(), id);
    }
    assertEquals(400, client.get("/events?stage=other").status());
  }

  @Test
  void aKeyHearsWhatItReachesForAsLongAsItIsGood() {
    server.close().await();
    Map<String, String> settings = Map.of("SECURITY_KEYS", "true", "HTTP_IDLE_TIMEOUT", "2s");
    String restricted;
    String all;
    String shortly;
    try (ApiKeys keys = new ApiKeys(database.config(settings), Clock.systemUTC())) {
      restricted = keys.create("read", "--benchmark-prefix", "Eval");
      all = keys.create("read,write");
    }
    Clock almostADayAgo =
        Clock.offset(Clock.systemUTC(), Duration.ofDays(-1).plus(Duration.ofSeconds(10)));
    try (ApiKeys keys = new ApiKeys(database.config(settings), almostADayAgo)) {
      shortly = keys.create("read", "--expires", "1d");
    }
    start(settings);
    Listener reach = Listener.to(client, "/events", "Authorization", "Bearer " + restricted);
    Listener expiring = Listener.to(client, "/events", "Authorization", "Bearer " + shortly);

    for (String name : List.of("mmlu", "Eval-a")) {
      client.post("/raw_input", Bodies.withData(name, "1"), "Authorization", "Bearer " + all);
    }

    reach.await(heard -> !heard.stored().isEmpty());
    assertEquals(List.of(raw("Eval-a", 1)), reach.stored());
    assertEquals(401, client.get("/events").status());
    expiring.await(Listener::isOver);
    Event last = expiring.events().get(expiring.events().size() - 1);
    assertEquals("refused", last.json().getString("reason"));
  }
}
