package org.benchmarkresults.http.body;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.benchmarkresults.http.connection.StallTimer;
import org.benchmarkresults.http.headers.BodyType;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies into memory within a budget: memory is taken as bytes arrive, and a socket
 * whose body finds no room is not read from.
 */
public final class BodyReader {
  /** A whole body on the heap. */
  public static final class Body implements AutoCloseable {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final Share share;
    private ByteBuffer bytes;

    private Body(ByteBuffer bytes, Share share) {
      this.bytes = bytes;
      this.share = share;
    }

    public ByteBuffer bytes() {
      return bytes;
    }

    /** Gives its memory back to the budget; nothing here refers to it any more. */
    @Override
    public void close() {
      bytes = NONE;
      share.close();
    }
  }

  /** Bodies up to here have a part of the budget of their own. */
  private static final int SMALL = 64 << 10;

  private static final int FIRST = 1 << 10;

  /** A body grows to so many times of what has come: it is copied rarely and holds little ahead. */
  private static final int GROWTH = 4;

  /** The piece that is inflated and what inflates it. */
  private static final int INFLATING = 64 << 10;

  /**
   * What is made of a body while it is saved: of a small one its document and the copies on the
   * wire.
   */
  private static final int COPIES_OF_SMALL = 3;

  private static final int SMALL_BESIDE = 2 << 10;
  private static final int LARGE_BESIDE = 512 << 10;

  private final long limit;
  private final UploadBudget whole;
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
  public BodyReader(
      long limit, long budget, UploadBudget large, Duration patience, long leastBytesPerSecond) {
    this.leastBytesPerSecond = leastBytesPerSecond;
    this.limit = limit;
    this.large = large;
    patienceMillis = patience.toMillis();
    whole = new UploadBudget(Math.max(costs(SMALL, false), budget / 16));
    small = new UploadBudget(Math.max(2 * costs(SMALL, true), budget * 3 / 16));
  }

  /**
   * Succeeds with the body, inflated; fails with a {@link ProblemException}: 413 when it is too
   * large, 415 when it is no JSON, 400 when it does not arrive whole.
   */
  public Future<Body> read(HttpServerRequest request) {
    request.pause();
    try {
      requireJson(request);
      Encoding encoding = Encoding.of(request);
      long announced = announcedLength(request);
      if (announced > limit) {
        throw new ProblemException(Problem.tooLarge(limit));
      }
      // What is announced is the length of the compressed bytes.
      long length = encoding == Encoding.IDENTITY ? announced : -1;
      return new Reading(request, length, encoding).start();
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
          Problem.unsupportedMediaType(
              "The body must be application/json in UTF-8, not " + type + "."));
    }
  }

  private static long costs(long capacity, boolean isInflated) {
    long beside = isInflated ? INFLATING : 0;
    return capacity <= SMALL
        ? capacity * COPIES_OF_SMALL + SMALL_BESIDE + beside
        : capacity + LARGE_BESIDE + beside;
  }

  /** One body being read. Confined to the request's event loop. */
  private final class Reading {
    private final HttpServerRequest request;
    private final Promise<Body> done = Promise.promise();
    private final StallTimer stall =
        new StallTimer(patienceMillis, leastBytesPerSecond, this::stopped);
    private final @Nullable Decompressor inflating;
    private final long most;
    private final long announcedBytes;
    private final boolean isLargeAnnounced;
    private Share share;
    private @Nullable Share smaller;
    private boolean isSmall = true;
    private boolean isWaiting;
    private byte[] bytes = {};
    private int length;

    Reading(HttpServerRequest request, long announced, Encoding encoding) {
      this.request = request;
      most = announced < 0 ? limit : announced;
      announcedBytes = announced;
      isLargeAnnounced = announced > SMALL;
      inflating = encoding.inflating();
      // Also one that announces more: what it has not sent it does not hold.
      share = small.open(costs(Math.min(SMALL, most), inflating != null), this::givenUp);
    }

    Future<Body> start() {
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
      if (!done.future().isComplete() && !isWaiting) {
        sendersTurn();
      }
      return done.future();
    }

    private void sendersTurn() {
      stall.start();
      share.sendersTurn(true);
    }

    private void ourTurn() {
      request.pause();
      stall.stop();
      share.sendersTurn(false);
    }

    private void stopped() {
      fail(new ProblemException(Problem.brokenTransfer()));
    }

    private void givenUp() {
      fail(
          new ProblemException(
              Problem.unavailable(
                  "The body arrives too slowly while other requests wait for memory. Send it again.")));
    }

    /**
     * A piece that is lost, for want of memory too, must end the body: without it other bytes are
     * stored.
     */
    @SuppressWarnings("CatchingUnchecked")
    private void arrived(Buffer piece) {
      if (done.future().isComplete()) {
        return;
      }
      try {
        use(piece);
      } catch (Throwable e) {
        fail(e);
      }
    }

    private void use(Buffer piece) {
      stall.received(piece.length());
      if (bytes.length > 0) {
        share.heard(piece.length());
      }
      if (inflating == null) {
        boolean unused = take(piece);
      } else {
        ourTurn();
        inflating.feed(piece.getBytes());
        inflate(inflating);
      }
    }

    /** A piece at a time, with others served in between: a few bytes may swell to very many. */
    @SuppressWarnings("CatchingUnchecked")
    private void inflate(Decompressor source) {
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
      } catch (Throwable e) {
        fail(e);
      }
    }

    private void listen() {
      sendersTurn();
      request.resume();
    }

    /** Whether the next piece may come; if not, it is asked for later or never. */
    private boolean take(Buffer piece) {
      long needed = (long) length + piece.length();
      if (needed > limit) {
        fail(new ProblemException(Problem.tooLarge(limit)));
        return false;
      }
      if (needed <= bytes.length) {
        append(piece);
        return true;
      }
      int capacity = capacityFor(needed);
      if (isSmall && needed <= SMALL && !(isLargeAnnounced && bytes.length > 0)) {
        // From its second growth on all that it may need: it waits in line once at the most.
        capacity = (int) (bytes.length == 0 ? Math.min(SMALL, capacity) : Math.min(SMALL, most));
        if (length == 0 && inflating == null && needed == most) {
          // It waits for no sender, so it need not stand in line behind bodies that do.
          share = whole.open(costs(capacity, false), this::givenUp);
        }
      } else if (isSmall) {
        return outgrow(piece, capacity);
      }
      return grow(share, piece, capacity);
    }

    /**
     * The last growth is from a third at most: old and new array are held at once while one is
     * copied into the other, and together they must fit into a small heap.
     */
    private int capacityFor(long needed) {
      long grown = Math.max(FIRST, GROWTH * needed);
      return (int) (grown > most / 3 && !isSmall ? most : Math.min(most, grown));
    }

    /** No longer small. */
    private boolean outgrow(Buffer piece, int capacity) {
      isSmall = false;
      Share ofSmall = share;
      Share ofLarge = large.open(costs(most, inflating != null), this::givenUp);
      share = ofLarge;
      boolean isThere = grow(ofLarge, piece, capacity);
      if (isThere) {
        ofSmall.close();
        ofLarge.sendersTurn(inflating == null);
      } else {
        Future<Body> unused = done.future().onComplete(over -> ofSmall.close());
        smaller = ofSmall;
      }
      return isThere;
    }

    private boolean grow(Share growing, Buffer piece, int capacity) {
      Future<Void> room = growing.growTo(costs(capacity, inflating != null));
      if (room.succeeded()) {
        enlarge(capacity);
        append(piece);
        return true;
      }
      isWaiting = true;
      ourTurn();
      Future<?> unused = room.map(grown -> goOn(piece, capacity)).onFailure(this::fail);
      return false;
    }

    /** It had to wait for room. */
    private @Nullable Void goOn(Buffer piece, int capacity) {
      isWaiting = false;
      if (smaller != null) {
        smaller.close();
        smaller = null;
      }
      if (request.response().closed()) {
        stopped();
      }
      if (done.future().isComplete()) {
        share.close();
        return null;
      }
      enlarge(capacity);
      append(piece);
      if (inflating == null) {
        listen();
      } else {
        inflate(inflating);
      }
      return null;
    }

    private void enlarge(int capacity) {
      bytes = Arrays.copyOf(bytes, capacity);
    }

    private void append(Buffer piece) {
      piece.getBytes(bytes, length);
      length += piece.length();
    }

    private void finish() {
      if (done.future().isComplete()) {
        return;
      }
      stall.stop();
      share.sendersTurn(false);
      try (Decompressor ended = inflating) {
        if (ended != null) {
          ended.requireEnd();
        }
      } catch (ProblemException e) {
        fail(e);
        return;
      }
      if (announcedBytes >= 0 && length != announcedBytes) {
        stopped();
        return;
      }
      share.shrinkTo(costs(bytes.length, false));
      Body body = new Body(ByteBuffer.wrap(bytes, 0, length), share);
      // The request, which lives on, refers to this.
      bytes = new byte[0];
      if (!done.tryComplete(body)) {
        body.close();
      }
    }

    private void fail(Throwable failure) {
      if (!done.tryFail(failure)) {
        return;
      }
      stall.stop();
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
