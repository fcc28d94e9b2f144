package org.benchmarkresults.backend;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The response to one request. */
public record Answer(int status, MultiMap headers, Buffer body) {
  public String header(String name) {
    return headers.get(name);
  }

  public String text() {
    return body.toString();
  }

  public JsonObject json() {
    return body.toJsonObject();
  }

  public JsonArray array() {
    return body.toJsonArray();
  }

  /** The body's beginning is what tells a failed comparison of statuses apart. */
  @Override
  public String toString() {
    int shown = Math.min(body.length(), 500);
    return status + " " + headers.entries() + " " + body.getString(0, shown);
  }
}
