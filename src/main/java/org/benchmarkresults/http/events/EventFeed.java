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
 * Who listens at this node, and what they are told. It listens to the bus while anybody does, and
 * looks for what is lost on it. Thread-safe.
 */
public final class EventFeed {
  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

  /** Clocks of nodes differ, and a message takes its time. */
  private static final Duration SLACK = Duration.ofSeconds(20);

  private static final Duration SWEEP_EVERY = Duration.ofSeconds(10);

  /**
   * How it works.
   *
   * @param most that may listen at once
   * @param overlap a result is stored so long after its receipt at most
   * @param sweepEvery how often lost events are looked for
   * @param isShared whether other processes write to the database
   */
  public record Settings(int most, Duration overlap, Duration sweepEvery, boolean isShared) {
    public static Settings of(Config config) {
      return new Settings(
          config.events().listeners(),
          SLACK.plus(Received.storedWithin(config.mongo().operationTimeout())),
          SWEEP_EVERY,
          config.cluster().enabled() || !config.mongo().embedded());
    }
  }

  private final Vertx vertx;
  private final Bus bus;
  private final Settings settings;
  private final MeterRegistry meters;
  private final Counter told;
  private final Set<EventSource> listeners = ConcurrentHashMap.newKeySet();
  private final RecentEvents memory;
  private final MissedEvents lost;
  private @Nullable Future<Subscription> subscription;
  private @Nullable Timer sweeps;
  private boolean isClosed;

  public EventFeed(Vertx vertx, Bus bus, Clock clock, Settings settings, MeterRegistry meters) {
    this.vertx = vertx;
    this.bus = bus;
    this.settings = settings;
    this.meters = meters;
    memory = new RecentEvents(clock, settings.overlap.multipliedBy(2));
    lost = new MissedEvents(bus, clock, settings.overlap, settings.isShared, memory, this::tell);
    Gauge.builder("events.listeners", listeners, Set::size)
        .description("Clients that read the event stream of this node.")
        .register(meters);
    told = Counter.builder("events.sent").description("Events sent to listeners.").register(meters);
    bus.onMembershipChange(this::otherNodes);
  }

  MissedEvents lost() {
    return lost;
  }

  /** Succeeds when the listener misses nothing from now on; fails when there are too many. */
  synchronized Future<Void> join(EventSource listener) {
    if (isClosed || listeners.size() >= settings.most) {
      return Future.failedFuture(
          new ProblemException(
              Problem.unavailable(
                  isClosed
                      ? "This node is shutting down; connect to another node."
                      : "This node has reached its limit of event listeners; connect to another node.")));
    }
    listeners.add(listener);
    Future<Subscription> listening = subscription;
    if (listening == null || listening.failed()) {
      listening =
          bus.subscribe(Topics.STORED, this::tell)
              .compose(subscribed -> lost.begin().map(subscribed));
      subscription = listening;
      stopSweeps();
      sweeps = Timer.periodic(vertx, settings.sweepEvery, lost::sweep);
    }
    return listening.mapEmpty();
  }

  /** The listener has gone. */
  synchronized void leave(EventSource listener) {
    if (listeners.remove(listener) && listeners.isEmpty() && subscription != null) {
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

  private void otherNodes() {
    if (!listeners.isEmpty()) {
      lost.lookNow();
    }
  }

  void dropped(String reason) {
    Counter.builder("events.listeners.dropped")
        .description(
            "Listeners that were disconnected because they read too slowly or their position was lost.")
        .tag("reason", reason)
        .register(meters)
        .increment();
    LOG.atWarn().addKeyValue("reason", reason).log("a listener of events was dropped");
  }

  void told(int events) {
    told.increment(events);
  }

  /** Ends all streams: the node stops, and they go on at another. */
  public synchronized void close() {
    isClosed = true;
    listeners.forEach(listener -> listener.end(EventSource.Ending.STOPPING));
  }

  private void tell(StoredEvent event) {
    if (memory.add(event)) {
      EventQueue.Line line = new EventQueue.Line(EventText.data(event), lost.settled());
      listeners.forEach(listener -> listener.offer(event, line));
    }
  }
}
