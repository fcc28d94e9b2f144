package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.benchmarkresults.http.UploadBudget.Share;

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

  private final long limit;
  private final UploadBudget small;
  private final UploadBudget large;
  private final long patienceMillis;

  /**
   * @param limit largest body
   * @param budget bytes of large bodies at once; small ones have a quarter of it beside
   * @param patience how long a body may stop arriving
   */
  BodyReader(long limit, long budget, Duration patience) {
    this.limit = limit;
    patienceMillis = patience.toMillis();
    small = new UploadBudget(Math.max(SMALL, budget / 4));
    large = new UploadBudget(budget);
  }

  /**
   * Succeeds with the body; fails with a {@link ProblemException}: 413 when it is too large, 415
   * when it is no JSON, 400 when its length makes no sense.
   */
  Future<Body> read(HttpServerRequest request) {
    request.pause();
    try {
      requireJson(request);
      long announced = announcedLength(request);
      if (announced > limit) {
        throw new ProblemException(Problem.tooLarge(limit));
      }
      boolean isSmall = announced <= SMALL;
      return (isSmall ? small : large)
          .take(isSmall ? SMALL : announced)
          .compose(share -> new Reading(request, share, announced).start());
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
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new ProblemException(
          Problem.unsupportedMediaType("Content-Encoding " + encoding + " is not understood."));
    }
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    // The service this one replaces took a body without a type for JSON.
    if (type != null && !isJson(type.toLowerCase(Locale.ROOT))) {
      throw new ProblemException(
          Problem.unsupportedMediaType("The body must be application/json in UTF-8, not " + type + "."));
    }
  }

  private static boolean isJson(String type) {
    int end = type.indexOf(';');
    String essence = (end < 0 ? type : type.substring(0, end)).strip();
    String parameters = end < 0 ? "" : type.substring(end).replaceAll("[\\s\"]", "");
    return essence.equals("application/json")
        && (!parameters.contains(";charset=")
            || parameters.contains(";charset=utf-8")
            || parameters.contains(";charset=utf8")
            || parameters.contains(";charset=us-ascii"));
  }

  /** One body being read. Confined to the request's event loop. */
  private final class Reading {
    private final HttpServerRequest request;
    private final Promise<Body> done = Promise.promise();
    private final Patience patience = new Patience(patienceMillis, this::stopped);
    private Share share;
    private byte[] bytes;
    private int length;

    Reading(HttpServerRequest request, Share share, long announced) {
      this.request = request;
      this.share = share;
      bytes = new byte[(int) (announced < 0 ? SMALL : announced)];
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
      request.handler(this::take);
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

    private void take(Buffer piece) {
      if (done.future().isComplete()) {
        return;
      }
      patience.heard();
      if (length + piece.length() > limit) {
        fail(new ProblemException(Problem.tooLarge(limit)));
      } else if (length + piece.length() <= bytes.length) {
        append(piece);
      } else if (bytes.length <= SMALL) {
        grow(piece);
      } else {
        ensureRoom(piece.length());
        append(piece);
      }
    }

    private void append(Buffer piece) {
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
                    ensureRoom(piece.length());
                    append(piece);
                    patience.begin();
                    request.resume();
                  });
    }

    private void ensureRoom(int more) {
      long wanted = Math.max(2L * bytes.length, (long) length + more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, wanted));
    }

    private void finish() {
      if (done.future().isComplete()) {
        return;
      }
      patience.end();
      share.shrinkTo(bytes.length);
      if (!done.tryComplete(new Body(ByteBuffer.wrap(bytes, 0, length), share))) {
        share.close();
      }
    }

    private void fail(Throwable failure) {
      patience.end();
      bytes = new byte[0];
      share.close();
      done.tryFail(failure);
    }
  }
}
