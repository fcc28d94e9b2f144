package org.benchmarkresults.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sends replies. Pieces are sent with back-pressure: the next one is asked for only when the one
 * before has gone to the socket, so an answer of any length takes the memory of one piece.
 */
final class Sending {
  private Sending() {}

  /**
   * Succeeds when all is handed to the socket; fails when a piece could not be had, before or after
   * the head was sent.
   *
   * @param patienceMillis how long the other side may stop reading before the answer is cut
   */
  static Future<Void> send(Reply answer, RoutingContext context, long patienceMillis) {
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
      Reply.Pieces pieces,
      Optional<Buffer> first,
      RoutingContext context,
      long patienceMillis) {
    HttpServerResponse response = context.response();
    head(pieces, response);
    if (!response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      response.setChunked(true);
    }
    Promise<Void> done = Promise.promise();
    // Not by handlers of the response, which are the context's own: the request would never be over.
    int unused = context.addEndHandler(over -> done.tryComplete());
    Patience patience = new Patience(patienceMillis, () -> Cut.off(context.request().connection()));
    write(pieces.source(), first, response, patience, done);
    return done.future();
  }

  private static void write(
      Reply.Source source,
      Optional<Buffer> piece,
      HttpServerResponse response,
      Patience patience,
      Promise<Void> done) {
    if (response.closed() || done.future().isComplete()) {
      patience.end();
      done.tryComplete();
      return;
    }
    if (piece.isEmpty()) {
      Future<Void> unused = response.end().onComplete(done::tryComplete, done::tryFail);
      return;
    }
    // Not by writeQueueFull: the connection queues up to 16 pieces of any size before it is full.
    patience.begin();
    Context context = Vertx.currentContext();
    Future<Void> unused =
        response
            .write(piece.get())
            .onComplete(
                written -> {
                  patience.end();
                  // In a turn of its own, so that other connections get theirs and the stack stays flat.
                  context.runOnContext(turn -> next(source, response, patience, done));
                });
  }

  private static void next(
      Reply.Source source, HttpServerResponse response, Patience patience, Promise<Void> done) {
    if (response.closed() || done.future().isComplete()) {
      done.tryComplete();
      return;
    }
    Future<Optional<Buffer>> unused =
        source
            .next()
            .onSuccess(piece -> write(source, piece, response, patience, done))
            .onFailure(done::tryFail);
  }
}
