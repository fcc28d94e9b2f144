package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.benchmarkresults.http.UploadBudget.Share;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies into memory within a budget: a socket is read from only once there is room
 * for what it announces.
 */
final class BodyReader {
  /**
   * A whole body on the heap; closing gives its memory back to the budget.
   */
  record Body(ByteBuffer bytes, Share share) implements AutoCloseable {
    @Override
    public void close() {
      share.close();
    }
  }

  /** What a body of unknown length takes before it is known to be larger. */
  private static final int SMALL = 64 << 10;

  /** The same with the piece that is inflated and what inflates it. */
  private static final int SMALL_COMPRESSED = 256 << 10;

  private final long limit;
  private final UploadBudget small;
  private final UploadBudget large;
  private final long patienceMillis;
  private final long leastBytesPerSecond;

  /**
   * @param limit largest body
   * @param budget bytes of large bodies at once; small ones have a quarter of it beside
   * @param large of so many bytes
   * @param patience how long a body may stop arriving
   * @param leastBytesPerSecond that it arrives with, once it took so long
   */
  BodyReader(
      long limit, long budget, UploadBudget large, Duration patience, long leastBytesPerSecond) {
    this.leastBytesPerSecond = leastBytesPerSecond;
    this.limit = limit;
    this.large = large;
    patienceMillis = patience.toMillis();
    small = new UploadBudget(Math.max(SMALL_COMPRESSED, budget / 4));
  }

  /**
   * Succeeds with the body, inflated; fails with a {@link ProblemException}: 413 when it is too
   * large, 415 when it is no JSON, 400 when it does not arrive whole.
   */
  Future<Body> read(HttpServerRequest request) {
    request.pause();
    try {
      requireJson(request);
      Encoding encoding = Encoding.of(request);
      long announced = announcedLength(request);
      if (announced > limit) {
        throw new ProblemException(Problem.tooLarge(limit));
      }
      // What is announced is the length of the compressed bytes.
      boolean isPlain = encoding == Encoding.IDENTITY;
      long length = isPlain ? announced : -1;
      Future<Share> share =
          length > SMALL ? large.take(length) : small.take(isPlain ? SMALL : SMALL_COMPRESSED);
      return share.compose(taken -> new Reading(request, taken, length, encoding).start());
    } catch (ProblemException e) {
      // What is still on its way is read and dropped, so that the sender gets to see the answer.
      request.resume();
      return Future.failedFuture(e);
    }
  }

  private static long announcedLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length);
  }

  private static void requireJson(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (BodyType.of(type) != BodyType.JSON) {
      throw new ProblemException(
          Problem.unsupportedMediaType("The body must be application/json in UTF-8, not " + type + "."));
    }
  }

  /** One body being read. Confined to the request's event loop. */
  private final class Reading {
    private final HttpServerRequest request;
    private final Promise<Body> done = Promise.promise();
    private final Patience patience = new Patience(patienceMillis, leastBytesPerSecond, this::stopped);
    private final @Nullable Inflating inflating;
    private Share share;
    private byte[] bytes;
    private int length;

    Reading(HttpServerRequest request, Share share, long announced, Encoding encoding) {
      this.request = request;
      this.share = share;
      bytes = new byte[(int) (announced < 0 ? SMALL : announced)];
      inflating = encoding.inflating();
    }

    Future<Body> start() {
      if (request.response().closed()) {
        // The sender has gone while it waited in line; nothing will ever be told of its body again.
        stopped();
        return done.future();
      }
      if (request.isEnded()) {
        finish();
        return done.future();
      }
      request.handler(this::arrived);
      request.endHandler(end -> finish());
      request.exceptionHandler(broken -> stopped());
      if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
        request.response().writeContinue();
      }
      request.resume();
      // Most bodies are here already, and then no timer is needed.
      if (!done.future().isComplete()) {
        patience.begin();
      }
      return done.future();
    }

    private void stopped() {
      fail(new ProblemException(Problem.brokenTransfer()));
    }

    private void arrived(Buffer piece) {
      if (done.future().isComplete()) {
        return;
      }
      patience.heard(piece.length());
      if (inflating == null) {
        boolean unused = take(piece);
      } else {
        request.pause();
        patience.end();
        inflating.feed(piece.getBytes());
        inflate(inflating);
      }
    }

    /** A piece at a time, with others served in between: a few bytes may swell to very many. */
    private void inflate(Inflating source) {
      if (done.future().isComplete()) {
        return;
      }
      try {
        byte[] piece = new byte[SMALL];
        int inflated = source.inflate(piece);
        if (inflated == 0) {
          listen();
        } else if (take(Buffer.buffer(inflated).appendBytes(piece, 0, inflated))) {
          Vertx.currentContext().runOnContext(next -> inflate(source));
        }
      } catch (ProblemException e) {
        fail(e);
      }
    }

    private void listen() {
      patience.begin();
      request.resume();
    }

    /** Whether the next piece may come; if not, it is asked for later or never. */
    private boolean take(Buffer piece) {
      if (length + piece.length() > limit) {
        fail(new ProblemException(Problem.tooLarge(limit)));
        return false;
      }
      if (length + piece.length() > bytes.length && bytes.length <= SMALL) {
        grow(piece);
        return false;
      }
      append(piece);
      return true;
    }

    private void append(Buffer piece) {
      ensureRoom(piece.length());
      piece.getBytes(bytes, length);
      length += piece.length();
    }

    /** No longer small, of unknown length: as much as may come must fit before more is read. */
    private void grow(Buffer piece) {
      request.pause();
      patience.end();
      Future<Share> unused =
          large
              .take(limit)
              .onSuccess(
                  larger -> {
                    share.close();
                    share = larger;
                    if (request.response().closed()) {
                      stopped();
                    }
                    if (done.future().isComplete()) {
                      share.close();
                      return;
                    }
                    append(piece);
                    if (inflating == null) {
                      listen();
                    } else {
                      inflate(inflating);
                    }
                  });
    }

    private void ensureRoom(int more) {
      if (length + more > bytes.length) {
        long wanted = Math.max(2L * bytes.length, (long) length + more);
        bytes = Arrays.copyOf(bytes, (int) Math.min(limit, wanted));
      }
    }

    private void finish() {
      if (done.future().isComplete()) {
        return;
      }
      patience.end();
      try (Inflating ended = inflating) {
        if (ended != null) {
          ended.requireEnd();
        }
      } catch (ProblemException e) {
        fail(e);
        return;
      }
      share.shrinkTo(bytes.length);
      if (!done.tryComplete(new Body(ByteBuffer.wrap(bytes, 0, length), share))) {
        share.close();
      }
    }

    private void fail(Throwable failure) {
      if (!done.tryFail(failure)) {
        return;
      }
      patience.end();
      bytes = new byte[0];
      share.close();
      if (inflating != null) {
        inflating.close();
      }
      // What is still on its way is dropped.
      request.resume();
    }
  }
}
