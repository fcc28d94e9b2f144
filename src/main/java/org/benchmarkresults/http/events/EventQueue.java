package org.benchmarkresults.http.events;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A bounded queue of events for one client. Thread-safe. */
final class EventQueue {
  /** Clients share the queued lines, so a queue costs references only. */
  private static final int MAX_LINES = 1_000;

  private static final int MAX_LINES_IN_REPLAY = 10_000;

  /**
   * @param data JSON; never modified
   * @param position where a client that received this line continues
   */
  record Line(Buffer data, Instant position) {}

  private final Queue<Line> lines = new ArrayDeque<>();
  private boolean isReplaying;
  private boolean hasOverflowed;

  /** During a replay an overflow is no loss: the replay is repeated. */
  synchronized void startReplay() {
    isReplaying = true;
    hasOverflowed = false;
  }

  /**
   * Whether the queue did not overflow during the replay; otherwise the replay must be repeated.
   */
  synchronized boolean endReplay() {
    isReplaying = hasOverflowed;
    return !hasOverflowed;
  }

  /** Adds a line; an overflow clears the queue. False when events are lost. */
  synchronized boolean add(Line line) {
    if (lines.size() >= (isReplaying ? MAX_LINES_IN_REPLAY : MAX_LINES)) {
      lines.clear();
      hasOverflowed = true;
      return isReplaying;
    }
    lines.add(line);
    return true;
  }

  synchronized List<Line> take(int max) {
    List<Line> taken = new ArrayList<>(Math.min(max, lines.size()));
    while (taken.size() < max && !lines.isEmpty()) {
      taken.add(lines.remove());
    }
    return taken;
  }

  synchronized boolean isEmpty() {
    return lines.isEmpty();
  }

  synchronized void clear() {
    lines.clear();
  }
}
