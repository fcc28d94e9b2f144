package org.benchmarkresults.http.events;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Events that wait until a listener's socket takes them; not many. Thread-safe. */
final class EventQueue {
  /** What listeners wait for is the same events, held once. */
  private static final int MOST = 1_000;

  private static final int MOST_WHILE_REPLAYING = 10_000;

  /**
   * An event as it is told.
   *
   * @param data as JSON; nobody changes it
   * @param position from where on to replay, once this and all before it was heard
   */
  record Line(Buffer data, Instant position) {}

  private final Queue<Line> waiting = new ArrayDeque<>();
  private boolean isReplaying;
  private boolean isOverrun;

  /** Whether what is told now is going to be read from the database too, if need be. */
  synchronized void replaying() {
    isReplaying = true;
    isOverrun = false;
  }

  /** Whether nothing was lost while replaying; otherwise that has to be done again. */
  synchronized boolean isReplayEnough() {
    isReplaying = isOverrun;
    return !isOverrun;
  }

  /** Whether there was room; when there was none, all are gone. */
  synchronized boolean add(Line line) {
    if (waiting.size() >= (isReplaying ? MOST_WHILE_REPLAYING : MOST)) {
      waiting.clear();
      isOverrun = true;
      return isReplaying;
    }
    waiting.add(line);
    return true;
  }

  synchronized List<Line> take(int most) {
    List<Line> taken = new ArrayList<>(Math.min(most, waiting.size()));
    while (taken.size() < most && !waiting.isEmpty()) {
      taken.add(waiting.remove());
    }
    return taken;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  synchronized void clear() {
    waiting.clear();
  }
}
