package org.benchmarkresults.http.bulk;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * The socket's side of a load: what has arrived and was not looked at yet. The socket is read from
 * only while there is room ahead. Confined to the request's event loop.
 */
final class Intake {
  static final int AHEAD_BYTES = 256 << 10;

  private final HttpServerRequest request;
  private final Runnable changed;
  private List<byte[]> pieces = new ArrayList<>();
  private long bytes;
  private long takenBytes;
  private boolean isListening;
  private boolean isEnded;
  private boolean isDropping;

  /**
   * @param changed is run when something has arrived, or all has
   */
  Intake(HttpServerRequest request, Runnable changed) {
    this.request = request;
    this.changed = changed;
  }

  /**
   * Begins, with the socket paused.
   *
   * @param broken is run when the rest will never come
   */
  void open(Runnable broken) {
    if (request.isEnded()) {
      isEnded = true;
      return;
    }
    request.handler(this::arrived);
    request.endHandler(ended -> ended());
    request.exceptionHandler(failure -> broken.run());
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
   * Reads from the socket or stops reading, as there is room; whether it reads.
   *
   * @param isAhead whether there is memory for more than the first piece
   */
  boolean listen(boolean isAhead) {
    boolean hasRoom = !isEnded && (isAhead ? bytes + takenBytes < AHEAD_BYTES : bytes == 0);
    if (hasRoom != isListening) {
      isListening = hasRoom;
      if (hasRoom) {
        request.resume();
      } else if (!isEnded) {
        // One that has ended is left alone: pausing it would hold up the next on its connection.
        request.pause();
      }
    }
    return isListening;
  }

  /** What has arrived since the last call. */
  List<byte[]> take() {
    List<byte[]> taken = pieces;
    pieces = new ArrayList<>();
    takenBytes += bytes;
    bytes = 0;
    return taken;
  }

  /** So much of what was taken is not looked at yet. */
  void left(long ofTaken) {
    takenBytes = ofTaken;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** Whether nothing more will arrive. */
  boolean isEnded() {
    return isEnded;
  }

  /** Keeps nothing of what is here or still arrives. */
  void drop() {
    isDropping = true;
    pieces = List.of();
  }

  /** Takes the rest off the socket, so that the sender gets to see the answer. */
  void drain() {
    drop();
    request.resume();
  }
}
