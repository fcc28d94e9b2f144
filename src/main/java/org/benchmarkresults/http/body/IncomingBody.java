package org.benchmarkresults.http.body;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.benchmarkresults.http.body.BodyReader.Body;
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.benchmarkresults.http.connection.StallTimer;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** One body while it is read. Confined to the request's event loop. */
final class IncomingBody {
  private static final int MIN_CAPACITY = 1 << 10;

  /** Capacity per byte received, a compromise between copies and memory held in advance. */
  private static final int GROWTH = 4;

  private final BodyReader.Limits limits;
  private final HttpServerRequest request;
  private final Promise<Body> done = Promise.promise();
  private final StallTimer stall;
  private final @Nullable Decompressor decompressor;
  private final long maxLength;
  private final long declaredLength;
  private final boolean isDeclaredLarge;
  private Share share;

  /** The share in the budget of small bodies, while a larger one is waited for. */
  private @Nullable Share smallShare;

  private boolean isSmall = true;
  private boolean isWaiting;
  private byte[] bytes = {};
  private int length;

  /**
   * @param declared the length; -1 when it is not known
   */
  IncomingBody(
      BodyReader.Limits limits, HttpServerRequest request, long declared, Encoding encoding) {
    this.limits = limits;
    this.request = request;
    stall = new StallTimer(limits.timeoutMillis(), limits.minBytesPerSecond(), this::abort);
    maxLength = declared < 0 ? limits.limit() : declared;
    declaredLength = declared;
    isDeclaredLarge = declared > BodyReader.SMALL;
    decompressor = encoding.decompressor();
    // Large bodies begin here too: what has not arrived takes no memory.
    share = limits.small().open(cost(Math.min(BodyReader.SMALL, maxLength)), this::evict);
  }

  private long cost(long capacity) {
    return BodyReader.cost(capacity, decompressor != null);
  }

  Future<Body> start() {
    if (request.isEnded()) {
      finish();
      return done.future();
    }
    request.handler(this::arrived);
    request.endHandler(end -> finish());
    request.exceptionHandler(failure -> abort());
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    request.resume();
    // Most bodies have arrived by now and need no timer.
    if (!done.future().isComplete() && !isWaiting) {
      startTimers();
    }
    return done.future();
  }

  private void startTimers() {
    stall.start();
    share.setReceiving(true);
  }

  private void pause() {
    request.pause();
    stall.stop();
    share.setReceiving(false);
  }

  private void resume() {
    startTimers();
    request.resume();
  }

  private void abort() {
    fail(new ProblemException(Problem.brokenTransfer()));
  }

  private void evict() {
    fail(new ProblemException(Problem.slowBody()));
  }

  /** Any failure ends the body, including lack of memory: a lost piece would corrupt the result. */
  @SuppressWarnings("CatchingUnchecked")
  private void arrived(Buffer piece) {
    if (done.future().isComplete()) {
      return;
    }
    try {
      stall.received(piece.length());
      if (bytes.length > 0) {
        share.received(piece.length());
      }
      if (decompressor == null) {
        boolean unused = take(piece);
      } else {
        pause();
        decompressor.feed(piece.getBytes());
        decompress(decompressor);
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** One piece per task, since a few bytes may expand to very many. */
  @SuppressWarnings("CatchingUnchecked")
  private void decompress(Decompressor source) {
    if (done.future().isComplete()) {
      return;
    }
    try {
      byte[] piece = new byte[BodyReader.SMALL];
      int count = source.decompress(piece);
      if (count == 0) {
        resume();
      } else if (take(Buffer.buffer(count).appendBytes(piece, 0, count))) {
        Vertx.currentContext().runOnContext(next -> decompress(source));
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** Whether the next piece may follow at once; otherwise it follows later or never. */
  private boolean take(Buffer piece) {
    long needed = (long) length + piece.length();
    if (needed > limits.limit()) {
      fail(new ProblemException(Problem.tooLarge(limits.limit())));
      return false;
    }
    if (needed <= bytes.length) {
      append(piece);
      return true;
    }
    int capacity = capacityFor(needed);
    if (isSmall && needed <= BodyReader.SMALL && !(isDeclaredLarge && bytes.length > 0)) {
      // The second growth is to the maximum, so that a small body is queued at most once.
      capacity = (int) Math.min(BodyReader.SMALL, bytes.length == 0 ? capacity : maxLength);
      if (length == 0 && decompressor == null && needed == maxLength) {
        // A body that has arrived whole is not queued behind bodies that are still arriving.
        share = limits.whole().open(cost(capacity), this::evict);
      }
    } else if (isSmall) {
      return outgrow(piece, capacity);
    }
    return grow(share, piece, capacity);
  }

  /**
   * The last growth is from a third of the maximum at most, since the old and the new array are
   * held at once while one is copied.
   */
  private int capacityFor(long needed) {
    long grown = Math.max(MIN_CAPACITY, GROWTH * needed);
    return (int) (grown > maxLength / 3 && !isSmall ? maxLength : Math.min(maxLength, grown));
  }

  /** Moves the body to the budget of large bodies. */
  private boolean outgrow(Buffer piece, int capacity) {
    isSmall = false;
    Share small = share;
    Share large = limits.large().open(cost(maxLength), this::evict);
    share = large;
    boolean isAcquired = grow(large, piece, capacity);
    if (isAcquired) {
      small.close();
      large.setReceiving(decompressor == null);
    } else {
      Future<Body> unused = done.future().onComplete(ended -> small.close());
      smallShare = small;
    }
    return isAcquired;
  }

  private boolean grow(Share growing, Buffer piece, int capacity) {
    Future<Void> acquired = growing.growTo(cost(capacity));
    if (acquired.succeeded()) {
      bytes = Arrays.copyOf(bytes, capacity);
      append(piece);
      return true;
    }
    isWaiting = true;
    pause();
    Future<?> unused = acquired.map(grown -> grown(piece, capacity)).onFailure(this::fail);
    return false;
  }

  private @Nullable Void grown(Buffer piece, int capacity) {
    isWaiting = false;
    if (smallShare != null) {
      smallShare.close();
      smallShare = null;
    }
    if (request.response().closed()) {
      abort();
    }
    if (done.future().isComplete()) {
      share.close();
      return null;
    }
    bytes = Arrays.copyOf(bytes, capacity);
    append(piece);
    if (decompressor == null) {
      resume();
    } else {
      decompress(decompressor);
    }
    return null;
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
    share.setReceiving(false);
    try (Decompressor ended = decompressor) {
      if (ended != null) {
        ended.requireEnd();
      }
    } catch (ProblemException e) {
      fail(e);
      return;
    }
    if (declaredLength >= 0 && length != declaredLength) {
      abort();
      return;
    }
    share.shrinkTo(BodyReader.cost(bytes.length, false));
    Body body = new Body(ByteBuffer.wrap(bytes, 0, length), share);
    // The request outlives the body and refers to this object.
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
    if (decompressor != null) {
      decompressor.close();
    }
    // The rest is read and dropped.
    request.resume();
  }
}
