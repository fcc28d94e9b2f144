package org.benchmarkresults.service.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.events.Listener.Event;
import org.junit.jupiter.api.Test;

/** Listeners receive every event. */
@OnMongod
class EventsTest extends ServiceWithEvents {
  EventsTest(Backend backend) {
    super(backend);
  }

  @Test
  void everyResultAndEveryVersionIsToldOnce() {
    Listener listener = Listener.to(client, "/events", "Accept-Encoding", "gzip");
    Buffer lines =
        Buffer.buffer(Bodies.withData("c", "1") + "\n" + Bodies.withData("d", "1") + "\n");

    post("/raw_input", "a/é", "1");
    post("/raw_input", "a/é", "1");
    post("/raw_input", "a/é", "2");
    post("/standardized_output", "b", '"' + "x".repeat(700_000) + '"');
    client
        .send(HttpMethod.POST, "/raw_input", lines, "Content-Type", "application/x-ndjson")
        .await();

    listener.await(heard -> heard.stored().size() >= 5);
    assertEquals(
        Set.of(
            raw("a/é", 1),
            raw("a/é", 2),
            "standardized_output " + Bodies.resultName("b") + " 1",
            raw("c", 1),
            raw("d", 1)),
        Set.copyOf(listener.stored()));
    assertEquals(5, listener.stored().size());
    assertEquals("text/event-stream", listener.header("Content-Type"));
    assertEquals("listening", listener.events().get(0).name());
    Event first = listener.events().get(1);
    assertEquals(Bodies.TIMESTAMP, first.json().getString("timestamp"));
    assertEquals("a/é", first.json().getString("benchmark_name"));
    assertEquals(1L, first.json().getLong("size"));
  }

  @Test
  void aVersionThatIsMadeTheNewestAgainIsTold() {
    post("/raw_input", "a", "1");
    post("/raw_input", "a", "2");
    Listener listener = Listener.to(client, "/events");

    Answer restored =
        client
            .send(HttpMethod.POST, Bodies.path("a") + "/restore?version=1", Buffer.buffer())
            .await();

    assertEquals(200, restored.status(), restored::toString);
    listener.await(heard -> heard.stored().contains(raw("a", 3)));
    String position = listener.position();
    Listener later = Listener.to(client, "/events?last_event_id=0");
    later.await(heard -> heard.stored().contains(raw("a", 3)));
    assertEquals(1, listener.stored().stream().filter(raw("a", 3)::equals).count());
    assertTrue(!position.isEmpty());
  }

  @Test
  void whatIsStoredAgainAfterItsDeletionIsToldAgain() {
    Listener listener = Listener.to(client, "/events");

    post("/raw_input", "a", "1");
    client.send(HttpMethod.DELETE, Bodies.path("a"), Buffer.buffer()).await();
    post("/raw_input", "a", "1");

    listener.await(heard -> heard.stored().equals(List.of(raw("a", 1), raw("a", 1))));
  }

  @Test
  void whoHearsOfNothingMovesOnToo() {
    restart(Map.of("HTTP_IDLE_TIMEOUT", "2s"));
    post("/raw_input", "a", "1");
    Listener listener = Listener.to(client, "/events?benchmark_name=b&last_event_id=1000");

    listener.await(heard -> Long.parseLong("0" + heard.position()) > 1_000_000_000_000L);

    assertEquals(List.of(), listener.stored());
  }

  @Test
  void aListenerHearsWhatItAskedFor() {
    Listener byBenchmark = Listener.to(client, "/events?benchmark_name=a&benchmark_name=b");
    Listener byModel = Listener.to(client, "/events?model_id=m");
    Listener byStage = Listener.to(client, "/events?stage=standardized_output");

    post("/raw_input", "c", "1");
    post("/raw_input", "b", "1");
    client.post("/raw_input", Bodies.withMembers("d", "\"model_id\":\"m\",\"data\":1"));
    post("/standardized_output", "a", "1");

    String a = "standardized_output " + Bodies.resultName("a") + " 1";
    byBenchmark.await(heard -> heard.stored().size() == 2);
    byModel.await(heard -> heard.stored().size() == 1);
    byStage.await(heard -> heard.stored().size() == 1);
    assertEquals(List.of(raw("b", 1), a), byBenchmark.stored());
    assertEquals(List.of(raw("d", 1)), byModel.stored());
    assertEquals(List.of(a), byStage.stored());
  }

  @Test
  void whoComesBackIsToldWhatWasStoredMeanwhile() {
    Listener before = Listener.to(client, "/events?benchmark_name=a&benchmark_name=b");
    post("/raw_input", "a", "1");
    before.await(heard -> heard.stored().size() == 1);
    before.leave();

    post("/raw_input", "a", "2");
    restart(Map.of());
    post("/raw_input", "a", "3");
    post("/raw_input", "b", "1");
    post("/raw_input", "c", "1");
    Listener after =
        Listener.to(
            client,
            "/events?benchmark_name=a&benchmark_name=b",
            "Last-Event-ID",
            before.position());
    post("/raw_input", "b", "2");

    Set<String> missed = Set.of(raw("a", 2), raw("a", 3), raw("b", 1), raw("b", 2));
    after.await(heard -> heard.stored().containsAll(missed));
    assertTrue(after.stored().stream().noneMatch(raw("c", 1)::equals), () -> "" + after.stored());
  }

  @Test
  void whoHeardNothingYetComesBackToTheMomentItBegan() {
    Listener before = Listener.to(client, "/events");
    before.await(heard -> !heard.position().isEmpty());
    before.leave();
    post("/raw_input", "a", "1");

    Listener after = Listener.to(client, "/events?last_event_id=" + before.position());

    after.await(heard -> heard.stored().equals(List.of(raw("a", 1))));
  }

  @Test
  void manyOfOneMomentAreAllFound() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      lines.append(Bodies.withData("b" + i, "1")).append('\n');
    }
    String begin = Long.toString(System.currentTimeMillis());
    client
        .send(
            HttpMethod.POST,
            "/raw_input",
            Buffer.buffer(lines.toString()),
            "Content-Type",
            "application/x-ndjson")
        .await();

    Listener listener = Listener.to(client, "/events", "Last-Event-ID", begin);

    listener.await(heard -> heard.stored().size() >= 3_000);
    assertEquals(3_000, Set.copyOf(listener.stored()).size());
  }
}
