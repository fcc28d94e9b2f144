package org.benchmarkresults.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An answer, whole or in pieces. */
public sealed interface Response {
  int status();

  Map<String, String> headers();

  /** An answer that is all there. */
  record Whole(int status, Map<String, String> headers, Buffer body) implements Response {}

  /** An answer whose head alone is sent, to a HEAD request or a 304. */
  record HeadOnly(int status, Map<String, String> headers) implements Response {}

  /** An answer that is written as it comes; each piece is asked for when the one before is gone. */
  record Pieces(int status, Map<String, String> headers, Source source) implements Response {}

  /** Gives the pieces of an answer one after the other. */
  interface Source {
    /**
     * Succeeds with the next piece, empty after the last. Never called before the last has come.
     */
    Future<Optional<Buffer>> next();

    /** Nothing more will be asked for: all is sent, or the reader has gone. May come twice. */
    default void close() {}
  }

  /** What a HEAD request is answered: the same status and headers, and nothing is read further. */
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
