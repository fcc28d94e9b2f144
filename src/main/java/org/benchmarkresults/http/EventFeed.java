package org.benchmarkresults.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Subscription;
import org.benchmarkresults.bus.Topics;
import org.benchmarkresults.model.Digest;
import org.benchmarkresults.model.EventPage;
import org.benchmarkresults.model.EventQuery;
import org.benchmarkresults.model.StoredEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who listens at this node, and what they are told. It listens to the bus while anybody does. When
 * nodes leave or come, what they may have told unheard is looked up in the database. Thread-safe.
 */
final class EventFeed {
  /** A result is stored so long after its receipt at most: the patience of a save, and clocks differ. */
  static final Duration OVERLAP = Duration.ofSeconds(150);

  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
  private static final int PAGE = 500;
  private static final int MOST_REMEMBERED = 50_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final Bus bus;
  private final Clock clock;
  private final int most;
  private final MeterRegistry meters;
  private final Counter told;
  private final Set<EventSource> listeners = ConcurrentHashMap.newKeySet();

  /** Digests of what was told, so that looking it up tells nobody twice. */
  private final Cache<Long, Boolean> remembered =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  private @Nullable Future<Subscription> subscription;
  private Instant lookedUp = Instant.MAX;

  /**
   * @param most that may listen at once
   */
  EventFeed(Bus bus, Clock clock, int most, MeterRegistry meters) {
    this.bus = bus;
    this.clock = clock;
    this.most = most;
    this.meters = meters;
    Gauge.builder("events.listeners", listeners, Set::size)
        .description("Who listens to events at this node.")
        .register(meters);
    told =
        Counter.builder("events.told").description("Events told to listeners.").register(meters);
    bus.onOtherNodes(this::lookUp);
  }

  Clock clock() {
    return clock;
  }

  /** Succeeds when the listener misses nothing from now on; fails when there are too many. */
  synchronized Future<Void> join(EventSource listener) {
    if (listeners.size() >= most) {
      return Future.failedFuture(
          new ProblemException(Problem.unavailable("As many listen here as may; try another node.")));
    }
    listeners.add(listener);
    Future<Subscription> listening = subscription;
    if (listening == null || listening.failed()) {
      listening = bus.listen(Topics.STORED, this::tell);
      subscription = listening;
    }
    return listening.mapEmpty();
  }

  /** The listener has gone. */
  synchronized void leave(EventSource listener) {
    if (listeners.remove(listener) && listeners.isEmpty() && subscription != null) {
      Future<Subscription> ended = subscription;
      subscription = null;
      Future<Void> unused = ended.compose(Subscription::end);
    }
  }

  void dropped(String reason) {
    Counter.builder("events.dropped")
        .description("Listeners that were dropped.")
        .tag("reason", reason)
        .register(meters)
        .increment();
    LOG.atWarn().addKeyValue("reason", reason).log("a listener of events was dropped");
  }

  void told(int events) {
    told.increment(events);
  }

  /** Ends all streams: the node stops, and they go on at another. */
  void close() {
    listeners.forEach(listener -> listener.end(EventSource.Ending.STOPPING));
  }

  private void tell(StoredEvent event) {
    if (remembered.asMap().putIfAbsent(identity(event), true) == null) {
      listeners.forEach(listener -> listener.offer(event));
    }
  }

  private static long identity(StoredEvent event) {
    String text = event.stage() + "/" + event.version() + "/" + event.key().resultName();
    Digest digest = Digest.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    return Long.parseUnsignedLong(digest.hex().substring(0, 16), 16);
  }

  /** Succeeds with what was received since the moment. */
  Future<EventPage> since(Instant from) {
    return bus.ask(Addresses.STORED_SINCE, new EventQuery(from, PAGE));
  }

  private synchronized void lookUp() {
    Instant from = clock.instant().minus(OVERLAP);
    // What went on while nodes could not see each other is looked up when they can again.
    Instant since = lookedUp.isBefore(from) ? lookedUp : from;
    lookedUp = from;
    if (!listeners.isEmpty()) {
      lookUp(since);
    }
  }

  private void lookUp(Instant from) {
    Future<EventPage> unused =
        since(from)
            .onSuccess(
                page -> {
                  page.events().forEach(this::tell);
                  Optional.ofNullable(page.next()).ifPresent(this::lookUp);
                })
            .onFailure(
                failure -> {
                  // They come back with where they were, and are told then.
                  LOG.atWarn().log("what other nodes stored could not be looked up");
                  listeners.forEach(listener -> listener.end(EventSource.Ending.UNSURE));
                });
  }
}
