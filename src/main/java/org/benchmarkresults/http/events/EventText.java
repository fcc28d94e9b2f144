package org.benchmarkresults.http.events;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.model.event.StoredEvent;

/** Events as text (HTML Living Standard, section 9.2, Server-sent events). */
final class EventText {
  private static final int RECONNECT_MILLIS = 2_000;

  private EventText() {}

  /** Comes first: from where on to listen again, should nothing else come. */
  static Buffer welcome(Instant position) {
    return Buffer.buffer(
        "retry: "
            + RECONNECT_MILLIS
            + "\nid: "
            + id(position)
            + "\nevent: listening\ndata: {}\n\n");
  }

  /** A comment; the id beside it is kept by the listener, and no event is made of it. */
  static Buffer heartbeat(Instant position) {
    return Buffer.buffer(": alive\nid: " + id(position) + "\n\n");
  }

  /** The last one: why the stream ends. */
  static Buffer end(String event, String reason) {
    return Buffer.buffer(
        "event: " + event + "\ndata: " + new JsonObject().put("reason", reason).encode() + "\n\n");
  }

  /** A row of a list, with its stage. */
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

  /** From that moment on everything that was received is told again. */
  static String id(Instant position) {
    return Long.toString(position.toEpochMilli());
  }

  /** The position that an id means; the contract lets digits through alone. */
  static Instant position(String id) {
    return Instant.ofEpochMilli(Long.parseLong(id));
  }
}
