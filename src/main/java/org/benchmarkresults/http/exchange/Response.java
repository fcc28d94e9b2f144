package org.benchmarkresults.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A response, whole or in pieces. */
public sealed interface Response {
  int status();

  Map<String, String> headers();

  record Whole(int status, Map<String, String> headers, Buffer body) implements Response {}

  /** A response without a body, to a HEAD request or with 304. */
  record HeadOnly(int status, Map<String, String> headers) implements Response {}

  /** A streamed response; each piece is requested once the previous one is written. */
  record Pieces(int status, Map<String, String> headers, Source source) implements Response {}

  interface Source {
    /** Succeeds with the next piece, empty after the last. Calls never overlap. */
    Future<Optional<Buffer>> next();

    /** Called when the response has ended or the client has disconnected; may be called twice. */
    default void close() {}
  }

  /** The response to a HEAD request: the same status and headers. */
  default Response withoutBody() {
    return switch (this) {
      case Whole whole -> {
        Map<String, String> headers = new LinkedHashMap<>(whole.headers());
        headers.putIfAbsent("Content-Length", Integer.toString(whole.body().length()));
        yield new HeadOnly(whole.status(), headers);
      }
      case HeadOnly headOnly -> headOnly;
      case Pieces pieces -> {
        pieces.source().close();
        yield new HeadOnly(pieces.status(), pieces.headers());
      }
    };
  }

  static Response json(int status, Buffer body) {
    return new Whole(status, headers("application/json"), body);
  }

  static Map<String, String> headers(String contentType) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    return headers;
  }
}
