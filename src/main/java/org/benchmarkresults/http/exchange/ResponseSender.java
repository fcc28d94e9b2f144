package org.benchmarkresults.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends responses: short ones whole, others in pieces with backpressure. */
public final class ResponseSender {
  private ResponseSender() {}

  /**
   * Succeeds when all is written to the socket; fails when the source fails, before or after the
   * head was sent.
   *
   * @param timeoutMillis how long the client may stop reading before its connection is reset
   */
  public static Future<Void> send(Response full, RoutingContext context, long timeoutMillis) {
    boolean isHead = context.request().method().equals(HttpMethod.HEAD);
    Response reply = isHead ? full.withoutBody() : full;
    HttpServerResponse response = context.response();
    if (response.closed()) {
      if (reply instanceof Response.Pieces pieces) {
        pieces.source().close();
      }
      return Future.succeededFuture();
    }
    return switch (inPieces(reply)) {
      case Response.Whole whole -> {
        head(reply, response);
        yield response.end(whole.body());
      }
      case Response.HeadOnly headOnly -> {
        head(reply, response);
        yield response.end();
      }
      // Reads the first piece before the head is sent, while a failure can still get a status.
      case Response.Pieces pieces ->
          pieces
              .source()
              .next()
              .compose(
                  first -> {
                    head(pieces, response);
                    return ChunkWriter.write(pieces.source(), first, context, timeoutMillis);
                  })
              .onComplete(sent -> pieces.source().close());
    };
  }

  private static Response inPieces(Response reply) {
    if (!(reply instanceof Response.Whole whole) || whole.body().length() <= Slices.PIECE_BYTES) {
      return reply;
    }
    Map<String, String> headers = new LinkedHashMap<>(whole.headers());
    headers.put("Content-Length", Integer.toString(whole.body().length()));
    return new Response.Pieces(whole.status(), headers, new Slices(whole.body()));
  }

  private static void head(Response reply, HttpServerResponse response) {
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
  }
}
