package org.benchmarkresults.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.benchmarkresults.model.EventPage;
import org.benchmarkresults.model.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * What one listener is told: first what it missed, from the database, then what is stored, as it comes.
 * What the socket does not take waits here, but not much of it. Confined to the request's event loop
 * but for what says otherwise.
 */
final class EventSource implements Reply.Source {
  /** Of some 300 bytes each. */
  private static final int MOST_WAITING = 1_000;

  private static final int MOST_AT_ONCE = 100;

  /** Why a stream ends. */
  enum Ending {
    SLOW("dropped", "slow"),
    STOPPING("closing", "stopping"),
    UNSURE("closing", "unsure"),
    REFUSED("closing", "refused");

    private final String event;
    private final String reason;

    Ending(String event, String reason) {
      this.event = event;
      this.reason = reason;
    }
  }

  private final EventFeed feed;
  private final EventFilter filter;
  private final Supplier<Future<Boolean>> isAdmitted;
  private final long heartbeatMillis;
  private final Vertx vertx;
  private final Context context = Vertx.currentContext();
  private final AtomicBoolean isWoken = new AtomicBoolean();

  /** Guarded by itself, as are the three below: events are offered on any thread. */
  private final Queue<StoredEvent> waiting = new ArrayDeque<>();

  private boolean isReplaying;
  private boolean hasMissed;
  private boolean isSecondTime;

  private volatile @Nullable Ending ending;
  private Instant position;
  private @Nullable Instant replayFrom;
  private @Nullable Promise<Optional<Buffer>> asked;
  private boolean isBegun;
  private boolean isFetching;
  private boolean isEnded;
  private boolean isDue;
  private long timer = -1;

  /**
   * @param since where the listener was before; null for a new one
   * @param isAdmitted asked from time to time whether the listener still may be told
   */
  EventSource(
      Vertx vertx,
      EventFeed feed,
      EventFilter filter,
      @Nullable Instant since,
      Supplier<Future<Boolean>> isAdmitted,
      long heartbeatMillis) {
    this.vertx = vertx;
    this.feed = feed;
    this.filter = filter;
    this.isAdmitted = isAdmitted;
    this.heartbeatMillis = heartbeatMillis;
    position = since == null ? feed.clock().instant() : since;
    replayFrom = since == null ? null : since.minus(EventFeed.OVERLAP);
    isReplaying = since != null;
  }

  /** On any thread. */
  void offer(StoredEvent event) {
    if (ending != null || !filter.wants(event)) {
      return;
    }
    synchronized (waiting) {
      if (waiting.size() < MOST_WAITING) {
        waiting.add(event);
      } else {
        waiting.clear();
        // While it is being replayed it is read from the database again instead.
        if (isReplaying) {
          hasMissed = true;
        } else {
          ending = Ending.SLOW;
        }
      }
    }
    wake();
  }

  /** On any thread. */
  void end(Ending reason) {
    if (ending == null) {
      ending = reason;
    }
    wake();
  }

  private void wake() {
    if (isWoken.compareAndSet(false, true)) {
      context.runOnContext(
          now -> {
            isWoken.set(false);
            give();
          });
    }
  }

  @Override
  public Future<Optional<Buffer>> next() {
    Promise<Optional<Buffer>> promise = Promise.promise();
    asked = promise;
    give();
    return promise.future();
  }

  private void give() {
    if (asked == null) {
      return;
    }
    if (isEnded) {
      answer(null);
    } else if (!isBegun) {
      isBegun = true;
      beat();
      answer(EventText.welcome(position));
    } else if (ending != null) {
      answer(last(ending));
    } else if (replayFrom != null) {
      replay(replayFrom);
    } else {
      tell();
    }
  }

  private void answer(@Nullable Buffer piece) {
    Promise<Optional<Buffer>> promise = asked;
    asked = null;
    if (promise != null) {
      isDue = false;
      promise.complete(Optional.ofNullable(piece));
    }
  }

  private Buffer last(Ending reason) {
    isEnded = true;
    synchronized (waiting) {
      waiting.clear();
    }
    if (reason == Ending.SLOW) {
      feed.dropped(reason.reason);
    }
    return EventText.end(reason.event, reason.reason);
  }

  private void replay(Instant from) {
    if (isFetching) {
      return;
    }
    isFetching = true;
    Future<EventPage> unused =
        feed.since(from)
            .onComplete(
                page -> {
                  isFetching = false;
                  replayed(page);
                },
                failure -> {
                  isFetching = false;
                  end(Ending.UNSURE);
                });
  }

  private void replayed(EventPage page) {
    replayFrom = page.next();
    if (replayFrom == null) {
      again();
    }
    Buffer text = Buffer.buffer();
    int events = 0;
    for (StoredEvent event : page.events()) {
      if (filter.wants(event)) {
        append(event, text);
        events++;
      }
    }
    feed.told(events);
    if (events > 0) {
      answer(text);
    } else {
      give();
    }
  }

  /** Once more only: where more comes than is read there is no end to it. */
  private void again() {
    synchronized (waiting) {
      isReplaying = hasMissed && !isSecondTime;
      if (isReplaying) {
        replayFrom = position.minus(EventFeed.OVERLAP);
      } else if (hasMissed) {
        ending = Ending.SLOW;
      }
      isSecondTime = true;
      hasMissed = false;
    }
  }

  private void tell() {
    Buffer text = Buffer.buffer();
    int events = 0;
    synchronized (waiting) {
      while (events < MOST_AT_ONCE && !waiting.isEmpty()) {
        append(waiting.remove(), text);
        events++;
      }
    }
    feed.told(events);
    if (events > 0) {
      answer(text);
    } else if (isDue) {
      answer(EventText.heartbeat());
    }
  }

  private void append(StoredEvent event, Buffer text) {
    // Never back: what comes late is found again all the same.
    position = event.receivedAt().isAfter(position) ? event.receivedAt() : position;
    EventText.append(event, position, text);
  }

  private void beat() {
    timer =
        vertx.setTimer(
            heartbeatMillis,
            fired -> {
              isDue = true;
              give();
              beat();
              Future<Boolean> unused =
                  isAdmitted
                      .get()
                      .onSuccess(
                          admitted -> {
                            if (!admitted) {
                              end(Ending.REFUSED);
                            }
                          });
            });
  }

  @Override
  public void close() {
    isEnded = true;
    if (timer >= 0) {
      boolean unused = vertx.cancelTimer(timer);
    }
    synchronized (waiting) {
      waiting.clear();
    }
    ending = ending == null ? Ending.STOPPING : ending;
    feed.leave(this);
  }
}
