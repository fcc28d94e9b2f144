package org.benchmarkresults.http.events;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.model.event.StoredEvent;

/** The text of Server-Sent Events (HTML Living Standard, section 9.2). */
final class EventText {
  private static final int RECONNECT_MILLIS = 2_000;

  private EventText() {}

  /** The first event, with the position to reconnect from and the reconnection delay. */
  static Buffer welcome(Instant position) {
    return Buffer.buffer(
        "retry: "
            + RECONNECT_MILLIS
            + "\nid: "
            + id(position)
            + "\nevent: listening\ndata: {}\n\n");
  }

  /** A comment with an id: clients store the id and dispatch no event. */
  static Buffer heartbeat(Instant position) {
    return Buffer.buffer(": alive\nid: " + id(position) + "\n\n");
  }

  /** The last event, with the reason of the end. */
  static Buffer end(String event, String reason) {
    return Buffer.buffer(
        "event: " + event + "\ndata: " + new JsonObject().put("reason", reason).encode() + "\n\n");
  }

  /** The fields of a list row, with the stage. */
  static Buffer data(StoredEvent event) {
    String name = event.key().resultName();
    return new JsonObject()
        .put("stage", event.stage().path())
        .put("name", name)
        .put("pk", name)
        .put("benchmark_name", event.key().benchmarkName())
        .put("run_id", event.key().runId())
        .put("model_id", event.modelId())
        .put("tokenizer_id", event.tokenizerId())
        .put("source", event.source())
        .put("timestamp", event.key().timestamp())
        .put("version", event.version())
        .put("size", event.size())
        .put("digest", event.digest().text())
        .put("received_at", IsoTime.text(event.receivedAt()))
        .toBuffer();
  }

  static void append(Buffer data, Instant position, Buffer to) {
    to.appendString("id: " + id(position) + "\nevent: stored\ndata: ")
        .appendBuffer(data)
        .appendString("\n\n");
  }

  /** A position is its Unix time in milliseconds. */
  static String id(Instant position) {
    return Long.toString(position.toEpochMilli());
  }

  static Instant position(String id) {
    return Instant.ofEpochMilli(Long.parseLong(id));
  }
}
