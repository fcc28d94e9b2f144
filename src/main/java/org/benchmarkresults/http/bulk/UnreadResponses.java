package org.benchmarkresults.http.bulk;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.benchmarkresults.http.body.UploadBudget;
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.jspecify.annotations.Nullable;

/**
 * Answers that wait to be read by who is still sending. What is beyond the first part of them takes
 * its memory from the budget, part by part; when there is none left, no more may be asked for.
 * Confined to one event loop.
 */
final class UnreadResponses implements AutoCloseable {
  /** That much is in the window of each load. */
  static final int FIRST_BYTES = 256 << 10;

  private static final int PART_BYTES = 1 << 20;
  private static final int PIECE_BYTES = 64 << 10;

  private final UploadBudget budget;
  private final long mostBytes;
  private final Deque<Buffer> pieces = new ArrayDeque<>();
  private final Deque<Share> parts = new ArrayDeque<>();
  private long bytes;

  /**
   * @param mostBytes that may wait
   */
  UnreadResponses(UploadBudget budget, long mostBytes) {
    this.budget = budget;
    this.mostBytes = mostBytes;
  }

  void add(Buffer answer) {
    Buffer last = pieces.peekLast();
    if (last != null && last.length() + answer.length() <= PIECE_BYTES) {
      last.appendBuffer(answer);
    } else {
      pieces.add(answer);
    }
    bytes += answer.length();
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** The oldest; null when there is none. */
  @Nullable Buffer next() {
    Buffer piece = pieces.poll();
    if (piece != null) {
      bytes -= piece.length();
      while (!parts.isEmpty() && bytes <= room() - PART_BYTES) {
        parts.remove().close();
      }
    }
    return piece;
  }

  /** Whether there is memory for more; takes it. */
  boolean hasRoom() {
    while (bytes >= room() && room() < mostBytes) {
      Optional<Share> part = budget.tryAcquire(PART_BYTES);
      if (part.isEmpty()) {
        return false;
      }
      parts.add(part.get());
    }
    return bytes < room();
  }

  private long room() {
    return FIRST_BYTES + (long) parts.size() * PART_BYTES;
  }

  /** Drops what nobody will read. */
  @Override
  public void close() {
    pieces.clear();
    bytes = 0;
    parts.forEach(Share::close);
    parts.clear();
  }
}
