package org.benchmarkresults.http.bulk;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * The received and unread pieces of a bulk upload's body. The socket is paused while they exceed
 * the limit. Confined to the request's event loop.
 */
final class Intake {
  static final int AHEAD_BYTES = 256 << 10;

  private final HttpServerRequest request;
  private final Runnable changed;
  private List<byte[]> pieces = new ArrayList<>();
  private long bytes;
  private long unreadBytes;
  private boolean isListening;
  private boolean isEnded;
  private boolean isDropping;

  /**
   * @param changed run when a piece has arrived or the body has ended
   */
  Intake(HttpServerRequest request, Runnable changed) {
    this.request = request;
    this.changed = changed;
  }

  /**
   * Starts, with the socket paused.
   *
   * @param aborted run when the connection fails
   */
  void open(Runnable aborted) {
    if (request.isEnded()) {
      isEnded = true;
      return;
    }
    request.handler(this::arrived);
    request.endHandler(ended -> ended());
    request.exceptionHandler(failure -> aborted.run());
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
  }

  private void arrived(Buffer piece) {
    if (!isDropping) {
      pieces.add(piece.getBytes());
      bytes += piece.length();
      changed.run();
    }
  }

  private void ended() {
    isEnded = true;
    changed.run();
  }

  /**
   * Resumes or pauses the socket; returns whether it is read.
   *
   * @param isAhead whether there is memory for more than the first piece
   */
  boolean listen(boolean isAhead) {
    boolean mayRead = !isEnded && (isAhead ? bytes + unreadBytes < AHEAD_BYTES : bytes == 0);
    if (mayRead != isListening) {
      isListening = mayRead;
      if (mayRead) {
        request.resume();
      } else if (!isEnded) {
        // Pausing a request that has ended would block the next one of its connection.
        request.pause();
      }
    }
    return isListening;
  }

  List<byte[]> take() {
    List<byte[]> taken = pieces;
    pieces = new ArrayList<>();
    unreadBytes += bytes;
    bytes = 0;
    return taken;
  }

  /** Sets how many of the taken bytes were not read yet. */
  void setUnreadBytes(long unread) {
    unreadBytes = unread;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  boolean isEnded() {
    return isEnded;
  }

  /** Drops all pieces, including those that still arrive. */
  void drop() {
    isDropping = true;
    pieces = List.of();
  }

  /** Reads and drops the rest, otherwise the client might not read the response. */
  void drain() {
    drop();
    request.resume();
  }
}
