package org.benchmarkresults.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sends replies: short ones whole, others in pieces as the other side reads them. */
public final class Sending {
  private Sending() {}

  /**
   * Succeeds when all is handed to the socket; fails when a piece could not be had, before or after
   * the head was sent.
   *
   * @param patienceMillis how long the other side may stop reading before the answer is cut
   */
  public static Future<Void> send(Reply answer, RoutingContext context, long patienceMillis) {
    boolean isHead = context.request().method().equals(HttpMethod.HEAD);
    Reply reply = isHead ? answer.withoutBody() : answer;
    HttpServerResponse response = context.response();
    if (response.closed()) {
      if (reply instanceof Reply.Pieces pieces) {
        pieces.source().close();
      }
      return Future.succeededFuture();
    }
    return switch (inPieces(reply)) {
      case Reply.Whole whole -> {
        head(reply, response);
        yield response.end(whole.body());
      }
      case Reply.HeadOnly headOnly -> {
        head(reply, response);
        yield response.end();
      }
      // The first piece before the head: while nothing is sent, a failure is still a clear answer.
      case Reply.Pieces pieces ->
          pieces
              .source()
              .next()
              .compose(first -> begin(pieces, first, context, patienceMillis))
              .onComplete(sent -> pieces.source().close());
    };
  }

  private static Reply inPieces(Reply reply) {
    if (!(reply instanceof Reply.Whole whole) || whole.body().length() <= Slices.PIECE_BYTES) {
      return reply;
    }
    Map<String, String> headers = new LinkedHashMap<>(whole.headers());
    headers.put("Content-Length", Integer.toString(whole.body().length()));
    return new Reply.Pieces(whole.status(), headers, new Slices(whole.body()));
  }

  private static void head(Reply reply, HttpServerResponse response) {
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
  }

  private static Future<Void> begin(
      Reply.Pieces pieces, Optional<Buffer> first, RoutingContext context, long patienceMillis) {
    head(pieces, context.response());
    return PieceWriter.write(pieces.source(), first, context, patienceMillis);
  }
}
