package org.benchmarkresults.http.bulk;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.benchmarkresults.http.body.UploadBudget;
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.jspecify.annotations.Nullable;

/**
 * Responses that a client has not read while it is still sending. Beyond the first part, memory is
 * acquired from the budget part by part; without memory no further lines are read. Confined to one
 * event loop.
 */
final class UnreadResponses implements AutoCloseable {
  /** Bytes that the window of an upload includes. */
  static final int FIRST_BYTES = 256 << 10;

  private static final int PART_BYTES = 1 << 20;
  private static final int PIECE_BYTES = 64 << 10;

  private final UploadBudget budget;
  private final long maxBytes;
  private final Deque<Buffer> pieces = new ArrayDeque<>();
  private final Deque<Share> parts = new ArrayDeque<>();
  private long bytes;

  UnreadResponses(UploadBudget budget, long maxBytes) {
    this.budget = budget;
    this.maxBytes = maxBytes;
  }

  void add(Buffer lines) {
    Buffer last = pieces.peekLast();
    if (last != null && last.length() + lines.length() <= PIECE_BYTES) {
      last.appendBuffer(lines);
    } else {
      pieces.add(lines);
    }
    bytes += lines.length();
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** The oldest piece; null when there is none. */
  @Nullable Buffer next() {
    Buffer piece = pieces.poll();
    if (piece != null) {
      bytes -= piece.length();
      while (!parts.isEmpty() && bytes <= capacity() - PART_BYTES) {
        parts.remove().close();
      }
    }
    return piece;
  }

  /** Acquires memory for more responses; false when there is none. */
  boolean hasRoom() {
    while (bytes >= capacity() && capacity() < maxBytes) {
      Optional<Share> part = budget.tryAcquire(PART_BYTES);
      if (part.isEmpty()) {
        return false;
      }
      parts.add(part.get());
    }
    return bytes < capacity();
  }

  private long capacity() {
    return FIRST_BYTES + (long) parts.size() * PART_BYTES;
  }

  @Override
  public void close() {
    pieces.clear();
    bytes = 0;
    parts.forEach(Share::close);
    parts.clear();
  }
}
