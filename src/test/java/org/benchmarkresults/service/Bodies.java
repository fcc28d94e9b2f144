package org.benchmarkresults.service;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Request bodies and paths of results. */
public final class Bodies {
  public static final String TIMESTAMP = "2026-04-21T12:45:25.391040Z";

  private Bodies() {}

  /** A result whose data is the JSON text given. */
  public static String withData(String benchmarkName, String data) {
    return withMembers(benchmarkName, "\"data\":" + data);
  }

  /** A result whose data is the bytes given. */
  public static Buffer withData(String benchmarkName, Buffer data) {
    return Buffer.buffer(withMembers(benchmarkName, "\"data\":").replaceFirst("}$", ""))
        .appendBuffer(data)
        .appendString("}");
  }

  /** A result with a name, a timestamp, a run id, and further members as JSON text. */
  public static String withMembers(String benchmarkName, String members) {
    return "{\"benchmark_name\":%s,\"timestamp\":\"%s\",\"run_id\":\"run\",%s}"
        .formatted(Json.encode(benchmarkName), TIMESTAMP, members);
  }

  /** The name under which those are stored. */
  public static String resultName(String benchmarkName) {
    return TIMESTAMP + "-" + benchmarkName + "-run";
  }

  /** The path of a raw input. */
  public static String path(String benchmarkName) {
    return "/raw_input/" + encoded(resultName(benchmarkName));
  }

  /** One path segment (RFC 3986): everything but unreserved characters is escaped. */
  public static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
