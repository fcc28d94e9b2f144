package org.benchmarkresults.http.events;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.benchmarkresults.http.events.EventQueue.Line;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.benchmarkresults.model.event.EventPage;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;

/**
 * What one listener is told: first what it missed, from the database, then what is stored, as it
 * comes. What the socket does not take waits in the queue, and when that is full, the listener is
 * dropped. Confined to the request's event loop but for what says otherwise.
 */
final class EventSource implements Response.Source {
  private static final int MOST_AT_ONCE = 100;
  private static final int MOST_REPLAYS = 2;

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

  /** A page of what was missed, of all kinds, while it is read. */
  private static final long REPLAY_BYTES = 2 << 20;

  private final EventFeed feed;
  private final ResponseBudget budget;
  private final EventFilter filter;
  private final Supplier<Future<Boolean>> isAdmitted;
  private final long heartbeatMillis;
  private final Vertx vertx;
  private final Context context = Vertx.currentContext();
  private final AtomicBoolean isWoken = new AtomicBoolean();
  private final EventQueue queue = new EventQueue();
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

  /**
   * All that was received before it is told, so from there on is replayed when the listener is
   * back.
   */
  private Instant position;

  private @Nullable PageKey replayFrom;
  private @Nullable Share share;
  private int replays;
  private @Nullable Promise<Optional<Buffer>> asked;
  private boolean isBegun;
  private boolean isFetching;
  private boolean isEnded;
  private boolean isBeatDue;
  private @Nullable Timer heartbeats;

  /**
   * @param since the position that the listener heard last; null for a new one
   * @param isAdmitted asked from time to time whether the listener still may be told
   */
  EventSource(
      Vertx vertx,
      EventFeed feed,
      ResponseBudget budget,
      EventFilter filter,
      @Nullable Instant since,
      Supplier<Future<Boolean>> isAdmitted,
      long heartbeatMillis) {
    this.vertx = vertx;
    this.feed = feed;
    this.budget = budget;
    this.filter = filter;
    this.isAdmitted = isAdmitted;
    this.heartbeatMillis = heartbeatMillis;
    // Whoever says more than can have been heard is not believed.
    Instant latest = feed.lost().beforeOverlap();
    position = since == null || since.isAfter(latest) ? latest : since;
    if (since != null) {
      beginReplay();
    }
  }

  /** On any thread. */
  void offer(StoredEvent event, Line line) {
    if (ending.get() != null || !filter.wants(event)) {
      return;
    }
    if (!queue.add(line)) {
      drop();
    }
    wake();
  }

  /** On any thread. */
  void end(Ending reason) {
    boolean unused = ending.compareAndSet(null, reason);
    wake();
  }

  private void drop() {
    if (ending.compareAndSet(null, Ending.SLOW)) {
      feed.dropped(Ending.SLOW.reason);
    }
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
    giveBack();
    give();
    return promise.future();
  }

  private void give() {
    Ending reason = ending.get();
    if (asked == null) {
      return;
    }
    if (isEnded) {
      answer(null);
    } else if (reason != null) {
      isEnded = true;
      queue.clear();
      answer(EventText.end(reason.event, reason.reason));
    } else if (!isBegun) {
      isBegun = true;
      beat();
      answer(EventText.welcome(position));
    } else if (isBeatDue) {
      answer(heartbeat());
    } else if (replayFrom != null) {
      replay(replayFrom);
    } else {
      tell();
    }
  }

  private void answer(@Nullable Buffer piece) {
    Promise<Optional<Buffer>> promise = asked;
    asked = null;
    isBeatDue = false;
    if (promise != null) {
      promise.complete(Optional.ofNullable(piece));
    }
  }

  private void beginReplay() {
    queue.replaying();
    replayFrom = PageKey.before(position);
    replays++;
  }

  private void replay(PageKey from) {
    if (isFetching) {
      return;
    }
    isFetching = true;
    Instant latest = feed.lost().beforeOverlap();
    Future<EventPage> unused =
        budget
            .acquireNext(Use.PAGES, REPLAY_BYTES)
            .compose(given -> missed(given, from))
            .onComplete(
                page -> {
                  isFetching = false;
                  replayed(page, latest);
                },
                failure -> {
                  isFetching = false;
                  end(Ending.UNSURE);
                });
  }

  private Future<EventPage> missed(Share given, PageKey from) {
    if (isEnded) {
      given.close();
      return Future.failedFuture(new ClosedChannelException());
    }
    giveBack();
    share = given;
    return feed.lost().since(from);
  }

  /** The piece before this one has gone to the socket. */
  private void giveBack() {
    if (share != null) {
      share.close();
      share = null;
    }
  }

  /**
   * @param latest what was received before it is in the page, if it is to be there at all
   */
  private void replayed(EventPage page, Instant latest) {
    Buffer text = Buffer.buffer();
    int events = 0;
    for (StoredEvent event : page.events()) {
      // The position is told: it must say nothing of what the listener may not see.
      if (filter.wants(event)) {
        moveTo(event.receivedAt().isBefore(latest) ? event.receivedAt() : latest);
        EventText.append(EventText.data(event), position, text);
        events++;
      }
    }
    feed.told(events);
    if (share != null) {
      share.resize(text.length());
    }
    replayFrom = page.next();
    if (replayFrom == null) {
      moveTo(latest);
      allReplayed();
    }
    if (events > 0 && asked != null) {
      answer(text);
    } else {
      give();
    }
  }

  /** Not for ever: where more comes than is read there is no end to it. */
  private void allReplayed() {
    if (queue.isReplayEnough()) {
      return;
    }
    if (replays < MOST_REPLAYS) {
      beginReplay();
    } else {
      drop();
    }
  }

  private void moveTo(Instant told) {
    position = told.isAfter(position) ? told : position;
  }

  private void tell() {
    List<Line> lines = queue.take(MOST_AT_ONCE);
    if (lines.isEmpty()) {
      return;
    }
    Buffer text = Buffer.buffer();
    for (Line line : lines) {
      moveTo(line.position());
      EventText.append(line.data(), position, text);
    }
    feed.told(lines.size());
    answer(text);
  }

  /** Moves who hears of little on, so that not much is replayed when they are back. */
  private Buffer heartbeat() {
    Instant settled = feed.lost().settled();
    if (replayFrom == null && queue.isEmpty()) {
      moveTo(settled);
    }
    return EventText.heartbeat(position);
  }

  private void beat() {
    heartbeats =
        Timer.once(
            vertx,
            Duration.ofMillis(heartbeatMillis),
            () -> {
              isBeatDue = !isFetching;
              give();
              beat();
              Future<Boolean> unused = isAdmitted.get().onSuccess(admitted -> endUnless(admitted));
            });
  }

  private void endUnless(boolean admitted) {
    if (!admitted) {
      end(Ending.REFUSED);
    }
  }

  @Override
  public void close() {
    isEnded = true;
    if (heartbeats != null) {
      heartbeats.cancel();
    }
    boolean unused = ending.compareAndSet(null, Ending.STOPPING);
    queue.clear();
    giveBack();
    feed.leave(this);
  }
}
