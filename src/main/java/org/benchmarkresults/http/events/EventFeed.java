package org.benchmarkresults.http.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Subscription;
import org.benchmarkresults.bus.Topics;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.result.Received;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers stored events to the event streams of this node. While there are streams it subscribes
 * to the bus, and periodically reads missed events from the database. Thread-safe.
 */
public final class EventFeed {
  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

  /** Allowance for clock differences between nodes and for message latency. */
  private static final Duration SLACK = Duration.ofSeconds(20);

  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(10);

  /**
   * @param maxStreams streams at once
   * @param overlap longest time from the receipt of a result until it is stored
   * @param sweepPeriod period of the search for missed events
   * @param isShared whether other processes write to the database
   */
  public record Settings(int maxStreams, Duration overlap, Duration sweepPeriod, boolean isShared) {
    public static Settings of(Config config) {
      return new Settings(
          config.events().listeners(),
          SLACK.plus(Received.storedWithin(config.mongo().operationTimeout())),
          SWEEP_PERIOD,
          config.cluster().enabled() || !config.mongo().embedded());
    }
  }

  private final Vertx vertx;
  private final Bus bus;
  private final Settings settings;
  private final MeterRegistry meters;
  private final Counter sent;
  private final Set<EventSource> streams = ConcurrentHashMap.newKeySet();
  private final RecentEvents recent;
  private final MissedEvents missed;
  private @Nullable Future<Subscription> subscription;
  private @Nullable Timer sweeps;
  private boolean isClosed;

  public EventFeed(Vertx vertx, Bus bus, Clock clock, Settings settings, MeterRegistry meters) {
    this.vertx = vertx;
    this.bus = bus;
    this.settings = settings;
    this.meters = meters;
    recent = new RecentEvents(clock, settings.overlap.multipliedBy(2));
    missed =
        new MissedEvents(bus, clock, settings.overlap, settings.isShared, recent, this::deliver);
    Gauge.builder("events.listeners", streams, Set::size)
        .description("Clients that read the event stream of this node.")
        .register(meters);
    sent = Counter.builder("events.sent").description("Events sent to clients.").register(meters);
    bus.onMembershipChange(this::membersChanged);
  }

  MissedEvents missed() {
    return missed;
  }

  /**
   * Succeeds when the stream gets all events from now on; fails when there are too many streams.
   */
  synchronized Future<Void> join(EventSource stream) {
    if (isClosed || streams.size() >= settings.maxStreams) {
      return Future.failedFuture(
          new ProblemException(
              Problem.unavailable(
                  isClosed
                      ? "This node is shutting down; connect to another node."
                      : "This node has reached its limit of event listeners; connect to another node.")));
    }
    streams.add(stream);
    Future<Subscription> listening = subscription;
    if (listening == null || listening.failed()) {
      listening =
          bus.subscribe(Topics.STORED, this::deliver)
              .compose(subscribed -> missed.begin().map(subscribed));
      subscription = listening;
      stopSweeps();
      sweeps = Timer.periodic(vertx, settings.sweepPeriod, missed::sweep);
    }
    return listening.mapEmpty();
  }

  synchronized void leave(EventSource stream) {
    if (streams.remove(stream) && streams.isEmpty() && subscription != null) {
      Future<Subscription> ended = subscription;
      subscription = null;
      stopSweeps();
      Future<Void> unused = ended.compose(Subscription::cancel);
    }
  }

  private void stopSweeps() {
    if (sweeps != null) {
      sweeps.cancel();
      sweeps = null;
    }
  }

  private void membersChanged() {
    if (!streams.isEmpty()) {
      missed.readAll();
    }
  }

  void countDropped(String reason) {
    Counter.builder("events.listeners.dropped")
        .description(
            "Listeners that were disconnected because they read too slowly or their position was lost.")
        .tag("reason", reason)
        .register(meters)
        .increment();
    LOG.atWarn().addKeyValue("reason", reason).log("event stream dropped");
  }

  void countSent(int events) {
    sent.increment(events);
  }

  /** Ends all streams, whose clients then reconnect to another node. */
  public synchronized void close() {
    isClosed = true;
    streams.forEach(stream -> stream.end(EventSource.Ending.STOPPING));
  }

  private void deliver(StoredEvent event) {
    if (recent.add(event)) {
      EventQueue.Line line = new EventQueue.Line(EventText.data(event), missed.settled());
      streams.forEach(stream -> stream.offer(event, line));
    }
  }
}
