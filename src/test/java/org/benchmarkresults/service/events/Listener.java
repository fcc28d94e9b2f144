package org.benchmarkresults.service.events;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.benchmarkresults.backend.Client;

/** Listens to events, and keeps what it heard. */
public final class Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClientResponse response;
  private final Buffer heard = Buffer.buffer();
  private volatile boolean isOver;

  /** One event; of a comment its name is empty. */
  public record Event(String name, String id, String data) {
    JsonObject json() {
      return new JsonObject(data);
    }

    /** Stage, name and version of what was stored. */
    String identity() {
      JsonObject json = json();
      return json.getString("stage")
          + " "
          + json.getString("pk")
          + " "
          + json.getInteger("version");
    }
  }

  private Listener(HttpClientResponse response) {
    this.response = response;
    response.handler(this::hear);
    response.endHandler(ended -> isOver = true);
    response.exceptionHandler(cut -> isOver = true);
  }

  /** The stream's head has come, and with it everything from now on. */
  public static Listener to(Client client, String path, String... headers) {
    return client
        .request(HttpMethod.GET, path, headers)
        .compose(request -> request.send().map(Listener::new))
        .await();
  }

  private synchronized void hear(Buffer piece) {
    heard.appendBuffer(piece);
  }

  public int status() {
    return response.statusCode();
  }

  public String header(String name) {
    return response.getHeader(name);
  }

  /** Reads no more for now. */
  public void pause() {
    response.pause();
  }

  public void resume() {
    response.resume();
  }

  public boolean isOver() {
    return isOver;
  }

  public void leave() {
    response.request().connection().close().await();
  }

  /** All that came whole so far. */
  public synchronized List<Event> events() {
    String text = heard.toString();
    List<Event> events = new ArrayList<>();
    for (String block : text.substring(0, Math.max(0, text.lastIndexOf("\n\n"))).split("\n\n")) {
      events.add(new Event(field(block, "event"), field(block, "id"), field(block, "data")));
    }
    return events;
  }

  private static String field(String block, String name) {
    return Arrays.stream(block.split("\n"))
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  /** The stored results of the events, in their order. */
  public List<String> stored() {
    return events().stream()
        .filter(event -> event.name().equals("stored"))
        .map(Event::identity)
        .toList();
  }

  /** The last id that was heard. */
  public String position() {
    return events().stream().map(Event::id).filter(id -> !id.isEmpty()).reduce("", (a, b) -> b);
  }

  public void await(Predicate<Listener> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.test(this)) {
      if (System.nanoTime() > deadline) {
        List<Event> all = events();
        throw new AssertionError(
            "heard in vain: "
                + all.size()
                + " events, at last "
                + all.subList(Math.max(0, all.size() - 5), all.size()));
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
