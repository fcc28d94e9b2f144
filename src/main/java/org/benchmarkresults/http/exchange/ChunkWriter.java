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
 * Writes the pieces of one answer with back-pressure: a large piece, or several small ones
 * together, must have gone to the socket before the next one is asked for, so an answer of any
 * length takes the memory of one large piece. Confined to the request's event loop.
 */
final class ChunkWriter {
  /** So much is written without waiting for the socket: a page of 100 rows. */
  private static final int UNAWAITED_BYTES = 64 << 10;

  /** What a piece counts for at least, so that many tiny ones are no deep stack. */
  private static final int LEAST_BYTES = 1 << 10;

  private final Response.Source source;
  private final HttpServerResponse response;
  private final StallTimer stall;
  private final Context context = Vertx.currentContext();
  private final Promise<Void> done = Promise.promise();

  /** Written since the socket was last waited for. */
  private long unsent;

  private ChunkWriter(Response.Source source, HttpServerResponse response, StallTimer stall) {
    this.source = source;
    this.response = response;
    this.stall = stall;
  }

  /**
   * Succeeds when all is handed to the socket or the other side is gone; fails when a piece could
   * not be had.
   *
   * @param patienceMillis how long the other side may stop reading before the answer is cut
   */
  static Future<Void> write(
      Response.Source source, Optional<Buffer> first, RoutingContext context, long patienceMillis) {
    StallTimer stall =
        new StallTimer(patienceMillis, () -> ConnectionReset.send(context.request().connection()));
    ChunkWriter writer = new ChunkWriter(source, context.response(), stall);
    // Not by handlers of the response, which are the context's own: the request would never be
    // over.
    int unused = context.addEndHandler(over -> writer.done.tryComplete());
    writer.write(first);
    return writer.done.future();
  }

  private void write(Optional<Buffer> piece) {
    if (isOver()) {
      return;
    }
    if (piece.isEmpty()) {
      finish(response.end());
      return;
    }
    unsent += Math.max(LEAST_BYTES, piece.get().length());
    if (unsent > UNAWAITED_BYTES) {
      writeAndWait(piece.get());
      return;
    }
    Future<Optional<Buffer>> next = source.next();
    if (next.succeeded() && next.result().isEmpty()) {
      // With the end in the same packet; if it is all, with its length instead of chunks.
      finish(response.end(piece.get()));
      return;
    }
    Future<Void> unused = send(piece.get());
    follow(next);
  }

  /** Not by writeQueueFull: the connection queues up to 16 pieces of any size before it is full. */
  private void writeAndWait(Buffer piece) {
    stall.start();
    Future<Void> unused =
        send(piece)
            .onComplete(
                written -> {
                  stall.stop();
                  unsent = 0;
                  // In a turn of its own, so that other connections get theirs and the stack stays
                  // flat.
                  context.runOnContext(
                      turn -> {
                        if (!isOver()) {
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

  private boolean isOver() {
    boolean isOver = response.closed() || done.future().isComplete();
    if (isOver) {
      stall.stop();
      done.tryComplete();
    }
    return isOver;
  }

  private void finish(Future<Void> end) {
    Future<Void> unused = end.onComplete(done::tryComplete, done::tryFail);
  }
}
