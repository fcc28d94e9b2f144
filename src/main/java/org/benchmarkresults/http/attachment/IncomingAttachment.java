package org.benchmarkresults.http.attachment;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.benchmarkresults.http.body.Decompressor;
import org.benchmarkresults.http.body.Encoding;
import org.benchmarkresults.http.body.UploadBudget;
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.benchmarkresults.http.connection.StallTimer;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The body of one upload while it is read: decompressed, hashed and handed over in chunks. The
 * memory is the same whatever the size: the socket is paused while two chunks are being written.
 * Confined to the request's event loop.
 */
final class IncomingAttachment {
  /** Chunks that are written or filled, their copies on the way to the database, and a piece. */
  static final long WINDOW_BYTES = 2 << 20;

  private static final int MOST_IN_FLIGHT = 2;
  private static final int PIECE_BYTES = 64 << 10;

  /**
   * Memory and limits.
   *
   * @param budget the memory of all uploads
   * @param limit largest attachment in bytes
   * @param timeout longest silence of the sender
   * @param minBytesPerSecond least average rate of the sender
   */
  record Limits(UploadBudget budget, long limit, Duration timeout, long minBytesPerSecond) {}

  private final HttpServerRequest request;
  private final Limits limits;
  private final ChunkFill chunks;
  private final BodyDigest declared;
  private final MessageDigest received = BodyDigest.sha256();
  private final @Nullable Decompressor decompressor;
  private final StallTimer stall;
  private final Share share;
  private final Promise<ChunkFill.Total> done = Promise.promise();
  private boolean isDecompressing;
  private boolean isBlocked;
  private boolean isEnded;

  /**
   * @param declared what the sender says of the body
   */
  IncomingAttachment(
      HttpServerRequest request,
      Limits limits,
      ChunkFill.Writer writer,
      AttachmentIntake.Observer observer,
      BodyDigest declared,
      Encoding encoding) {
    this.request = request;
    this.limits = limits;
    this.declared = declared;
    chunks = new ChunkFill(writer, observer, this::written);
    decompressor = encoding.decompressor();
    stall = new StallTimer(limits.timeout.toMillis(), limits.minBytesPerSecond, this::abort);
    share = limits.budget.open(WINDOW_BYTES, this::evict);
  }

  /** Succeeds when all chunks are written; fails with {@link ProblemException}. */
  Future<ChunkFill.Total> start() {
    if (request.isEnded()) {
      end();
      return done.future();
    }
    request.handler(this::arrived);
    request.endHandler(ended -> end());
    request.exceptionHandler(failure -> abort());
    Future<Void> unused =
        share
            .growTo(WINDOW_BYTES)
            .onComplete(
                granted -> {
                  if (request.response().closed()) {
                    abort();
                  } else if (!done.future().isComplete()) {
                    receive();
                  }
                });
    return done.future();
  }

  private void receive() {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))
        && request.bytesRead() == 0) {
      request.response().writeContinue();
    }
    resume();
  }

  private void resume() {
    stall.start();
    share.setReceiving(true);
    request.resume();
  }

  private void pause() {
    request.pause();
    stall.stop();
    share.setReceiving(false);
  }

  private void abort() {
    fail(new ProblemException(Problem.brokenTransfer()));
  }

  private void evict() {
    fail(new ProblemException(Problem.slowBody()));
  }

  /** Any failure ends the upload, including lack of memory: a lost piece would corrupt it. */
  @SuppressWarnings("CatchingUnchecked")
  private void arrived(Buffer piece) {
    if (done.future().isComplete()) {
      return;
    }
    try {
      stall.received(piece.length());
      share.received(piece.length());
      byte[] bytes = piece.getBytes();
      if (decompressor == null) {
        take(bytes, bytes.length);
        if (isBlocked) {
          pause();
        }
      } else {
        if (declared.isDeclared()) {
          received.update(bytes);
        }
        pause();
        decompressor.feed(bytes);
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
      byte[] piece = new byte[PIECE_BYTES];
      int count = source.decompress(piece);
      isDecompressing = count > 0;
      if (count == 0) {
        resume();
        return;
      }
      take(piece, count);
      if (!isBlocked) {
        Vertx.currentContext().runOnContext(next -> decompress(source));
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void take(byte[] bytes, int length) {
    if (chunks.size() + length > limits.limit) {
      throw new ProblemException(Problem.tooLarge(limits.limit));
    }
    chunks.add(bytes, length);
    isBlocked = chunks.inFlight() >= MOST_IN_FLIGHT;
  }

  /** A chunk was written, or could not be. */
  private void written(@Nullable Throwable failure) {
    if (done.future().isComplete()) {
      release();
    } else if (failure != null) {
      fail(failure);
    } else if (isEnded) {
      finish();
    } else if (isBlocked) {
      isBlocked = false;
      if (isDecompressing && decompressor != null) {
        decompress(decompressor);
      } else {
        resume();
      }
    }
  }

  private void end() {
    if (done.future().isComplete() || isEnded) {
      return;
    }
    isEnded = true;
    stall.stop();
    share.setReceiving(false);
    try (Decompressor ended = decompressor) {
      if (ended != null) {
        ended.requireEnd();
      }
      chunks.flush();
      finish();
    } catch (ProblemException e) {
      fail(e);
    }
  }

  private void finish() {
    if (chunks.inFlight() > 0 || done.future().isComplete()) {
      return;
    }
    try {
      ChunkFill.Total total = chunks.total();
      declared.require(
          decompressor == null ? HexFormat.of().parseHex(total.digest().hex()) : received.digest());
      share.close();
      done.tryComplete(total);
    } catch (ProblemException e) {
      fail(e);
    }
  }

  private void fail(Throwable failure) {
    if (!done.tryFail(failure)) {
      return;
    }
    stall.stop();
    if (decompressor != null && !isEnded) {
      decompressor.close();
    }
    release();
    // The rest is read and dropped.
    request.resume();
  }

  private void release() {
    if (chunks.inFlight() == 0) {
      share.close();
    }
  }
}
