package org.benchmarkresults.http.events;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
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
import org.benchmarkresults.model.event.EventPage;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The event stream of one client: first a replay of missed events from the database, then events as
 * they are stored. Events that the socket does not take are queued; a client whose queue is full is
 * dropped. Confined to the request's event loop, except {@link #offer} and {@link #end}.
 */
final class EventSource implements Response.Source {
  private static final int MAX_LINES_PER_PIECE = 100;

  /** Reasons for the end of a stream. */
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
  private final EventReplay replay;
  private final Supplier<Future<Boolean>> isAuthorized;
  private final long heartbeatMillis;
  private final Vertx vertx;
  private final Context context = Vertx.currentContext();
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private final EventQueue queue = new EventQueue();
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

  /** All events received before it were sent; a client that reconnects continues from it. */
  private Instant position;

  private @Nullable Promise<Optional<Buffer>> requested;
  private boolean isStarted;
  private boolean isEnded;
  private boolean isHeartbeatDue;
  private @Nullable Timer heartbeats;

  /**
   * @param since the Last-Event-ID of the client; null for a new client
   * @param isAuthorized checked with every heartbeat
   */
  EventSource(
      Vertx vertx,
      EventFeed feed,
      ResponseBudget budget,
      EventFilter filter,
      @Nullable Instant since,
      Supplier<Future<Boolean>> isAuthorized,
      long heartbeatMillis) {
    this.vertx = vertx;
    this.feed = feed;
    this.filter = filter;
    this.isAuthorized = isAuthorized;
    this.heartbeatMillis = heartbeatMillis;
    replay = new EventReplay(feed.missed(), budget);
    // A Last-Event-ID in the future is clamped.
    Instant latest = feed.missed().beforeOverlap();
    position = since == null || since.isAfter(latest) ? latest : since;
    if (since != null) {
      startReplay();
    }
  }

  /** Thread-safe. */
  void offer(StoredEvent event, Line line) {
    if (ending.get() != null || !filter.matches(event)) {
      return;
    }
    if (!queue.add(line)) {
      drop();
    }
    schedule();
  }

  /** Thread-safe. */
  void end(Ending reason) {
    boolean unused = ending.compareAndSet(null, reason);
    schedule();
  }

  private void drop() {
    if (ending.compareAndSet(null, Ending.SLOW)) {
      feed.countDropped(Ending.SLOW.reason);
    }
  }

  private void schedule() {
    if (isScheduled.compareAndSet(false, true)) {
      context.runOnContext(
          now -> {
            isScheduled.set(false);
            advance();
          });
    }
  }

  @Override
  public Future<Optional<Buffer>> next() {
    Promise<Optional<Buffer>> promise = Promise.promise();
    requested = promise;
    // The previous piece was written to the socket.
    replay.release();
    advance();
    return promise.future();
  }

  private void advance() {
    Ending reason = ending.get();
    if (requested == null) {
      return;
    }
    if (isEnded) {
      complete(null);
    } else if (reason != null) {
      isEnded = true;
      queue.clear();
      complete(EventText.end(reason.event, reason.reason));
    } else if (!isStarted) {
      isStarted = true;
      scheduleHeartbeat();
      complete(EventText.welcome(position));
    } else if (isHeartbeatDue) {
      complete(heartbeat());
    } else if (replay.isPending()) {
      readReplay();
    } else {
      sendQueued();
    }
  }

  private void complete(@Nullable Buffer piece) {
    Promise<Optional<Buffer>> promise = requested;
    requested = null;
    isHeartbeatDue = false;
    if (promise != null) {
      promise.complete(Optional.ofNullable(piece));
    }
  }

  private void startReplay() {
    queue.startReplay();
    replay.start(position);
  }

  private void readReplay() {
    if (replay.isReading()) {
      return;
    }
    Instant latest = feed.missed().beforeOverlap();
    Future<EventPage> unused =
        replay
            .read(() -> isEnded)
            .onComplete(page -> replayed(page, latest), failure -> end(Ending.UNSURE));
  }

  /**
   * @param latest all events received before it are in the page or in a later one
   */
  private void replayed(EventPage page, Instant latest) {
    Buffer text = Buffer.buffer();
    int events = 0;
    for (StoredEvent event : page.events()) {
      // Only matching events move the position, which must not reveal others.
      if (filter.matches(event)) {
        moveTo(event.receivedAt().isBefore(latest) ? event.receivedAt() : latest);
        EventText.append(EventText.data(event), position, text);
        events++;
      }
    }
    feed.countSent(events);
    replay.resize(text.length());
    if (!replay.isPending()) {
      moveTo(latest);
      endReplay();
    }
    if (events > 0 && requested != null) {
      complete(text);
    } else {
      advance();
    }
  }

  private void endReplay() {
    if (queue.endReplay()) {
      return;
    }
    if (replay.mayRestart()) {
      startReplay();
    } else {
      drop();
    }
  }

  private void moveTo(Instant sent) {
    position = sent.isAfter(position) ? sent : position;
  }

  private void sendQueued() {
    List<Line> lines = queue.take(MAX_LINES_PER_PIECE);
    if (lines.isEmpty()) {
      return;
    }
    Buffer text = Buffer.buffer();
    for (Line line : lines) {
      moveTo(line.position());
      EventText.append(line.data(), position, text);
    }
    feed.countSent(lines.size());
    complete(text);
  }

  /** Advances the position of a client without events, which keeps its next replay short. */
  private Buffer heartbeat() {
    Instant settled = feed.missed().settled();
    if (!replay.isPending() && queue.isEmpty()) {
      moveTo(settled);
    }
    return EventText.heartbeat(position);
  }

  private void scheduleHeartbeat() {
    heartbeats =
        Timer.once(
            vertx,
            Duration.ofMillis(heartbeatMillis),
            () -> {
              isHeartbeatDue = !replay.isReading();
              advance();
              scheduleHeartbeat();
              Future<Boolean> unused = isAuthorized.get().onSuccess(this::endUnless);
            });
  }

  private void endUnless(boolean authorized) {
    if (!authorized) {
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
    replay.release();
    feed.leave(this);
  }
}
