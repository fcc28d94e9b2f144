package org.benchmarkresults.http.exchange;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.benchmarkresults.http.connection.ConnectionReset;
import org.benchmarkresults.http.connection.StallTimer;

/**
 * Writes the pieces of one response with backpressure: the next piece is requested once a large
 * piece, or several small ones, was written to the socket, so a response of any length takes the
 * memory of one large piece. Confined to the request's event loop.
 */
final class ChunkWriter {
  /** Bytes written without waiting for the socket: a page of 100 rows. */
  private static final int MAX_UNAWAITED_BYTES = 64 << 10;

  /** Least size a piece counts as, so that many tiny pieces do not build a deep stack. */
  private static final int MIN_PIECE_BYTES = 1 << 10;

  private final Response.Source source;
  private final HttpServerResponse response;
  private final StallTimer stall;
  private final Context context = Vertx.currentContext();
  private final Promise<Void> done = Promise.promise();

  /** Bytes written since the last wait. */
  private long unawaited;

  private ChunkWriter(Response.Source source, HttpServerResponse response, StallTimer stall) {
    this.source = source;
    this.response = response;
    this.stall = stall;
  }

  /**
   * Succeeds when all is written or the client has disconnected; fails when the source fails.
   *
   * @param timeoutMillis how long the client may stop reading before its connection is reset
   */
  static Future<Void> write(
      Response.Source source, Optional<Buffer> first, RoutingContext context, long timeoutMillis) {
    StallTimer stall =
        new StallTimer(timeoutMillis, () -> ConnectionReset.send(context.request().connection()));
    ChunkWriter writer = new ChunkWriter(source, context.response(), stall);
    // Handlers of the response would replace those of the context.
    int unused = context.addEndHandler(ended -> writer.done.tryComplete());
    writer.write(first);
    return writer.done.future();
  }

  private void write(Optional<Buffer> piece) {
    if (isEnded()) {
      return;
    }
    if (piece.isEmpty()) {
      finish(response.end());
      return;
    }
    unawaited += Math.max(MIN_PIECE_BYTES, piece.get().length());
    if (unawaited > MAX_UNAWAITED_BYTES) {
      writeAndWait(piece.get());
      return;
    }
    Future<Optional<Buffer>> next = source.next();
    if (next.succeeded() && next.result().isEmpty()) {
      // The end shares the packet; a response of one piece gets a Content-Length.
      finish(response.end(piece.get()));
      return;
    }
    Future<Void> unused = send(piece.get());
    follow(next);
  }

  /** writeQueueFull() is of no use here: it allows 16 pieces of any size. */
  private void writeAndWait(Buffer piece) {
    stall.start();
    Future<Void> unused =
        send(piece)
            .onComplete(
                written -> {
                  stall.stop();
                  unawaited = 0;
                  // A new task serves other connections in between and keeps the stack
                  // flat.
                  context.runOnContext(
                      turn -> {
                        if (!isEnded()) {
                          follow(source.next());
                        }
                      });
                });
  }

  private Future<Void> send(Buffer piece) {
    if (!response.headWritten() && !response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      response.setChunked(true);
    }
    return response.write(piece);
  }

  private void follow(Future<Optional<Buffer>> next) {
    Future<Optional<Buffer>> unused = next.onSuccess(this::write).onFailure(done::tryFail);
  }

  private boolean isEnded() {
    boolean isEnded = response.closed() || done.future().isComplete();
    if (isEnded) {
      stall.stop();
      done.tryComplete();
    }
    return isEnded;
  }

  private void finish(Future<Void> end) {
    Future<Void> unused = end.onComplete(done::tryComplete, done::tryFail);
  }
}
