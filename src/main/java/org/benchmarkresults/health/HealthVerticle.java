package org.benchmarkresults.health;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.derivation.DerivationProgress;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.node.HealthReport;
import org.benchmarkresults.model.node.NodeList;
import org.benchmarkresults.model.node.ProbeReport;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the state of the database with a short timeout, and answers health requests and probes from
 * the last known state.
 */
public final class HealthVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HealthVerticle.class);

  private static final Duration TIMEOUT = Duration.ofMillis(800);
  private static final Duration COUNT_INTERVAL = Duration.ofSeconds(10);
  private static final Duration STARTUP = Duration.ofSeconds(10);
  private static final Duration STARTUP_INTERVAL = Duration.ofMillis(50);

  private final Config.Health config;
  private final Bus bus;
  private final Clock clock;
  private final String version;
  private final @Nullable BooleanSupplier isJoined;
  private final Duration toleratedOutage;
  private final Instant startedAt;
  private volatile boolean stopping;
  private DatabaseState database;
  private @Nullable Instant checkedAt;
  private @Nullable Long lastUpNanos;
  private @Nullable DerivationProgress observations;
  private long nextCountNanos = System.nanoTime();

  /**
   * @param kind {@code mongodb} or {@code embedded}
   * @param version of the service
   * @param isJoined whether this node is in its cluster; null for a single node
   * @param toleratedOutage how long the database may be unavailable before the node is not ready
   */
  public HealthVerticle(
      Config.Health config,
      Bus bus,
      Clock clock,
      String kind,
      String version,
      @Nullable BooleanSupplier isJoined,
      Duration toleratedOutage) {
    this.toleratedOutage = toleratedOutage;
    this.config = config;
    this.bus = bus;
    this.clock = clock;
    this.version = version;
    this.isJoined = isJoined;
    startedAt = clock.instant();
    database =
        new DatabaseState(kind, false, false, null, "The database has not been checked yet.");
  }

  @Override
  public Future<?> start() {
    HealthChecks ready = HealthChecks.create(vertx).register("mongodb", this::databaseStatus);
    if (isJoined != null) {
      var unused =
          ready.register("cluster", status -> status.complete(status(isJoined.getAsBoolean())));
    }
    bus.serve(Addresses.HEALTH, empty -> bus.request(Addresses.NODES, empty).map(this::report));
    bus.serve(
        Addresses.READY,
        empty -> ready.checkStatus().map(Probes::report).map(this::unlessStopping));
    // The first check is part of the start, so that a deployed node can be ready at once. It opens
    // connections, so it may take longer than later ones; an unavailable database does not fail it.
    return check(TIMEOUT.multipliedBy(3));
  }

  private void databaseStatus(Promise<Status> status) {
    status.complete(status(isDatabaseUp() || isShortOutage()));
  }

  private boolean isDatabaseUp() {
    return database.connected() && database.indexed();
  }

  /**
   * All nodes share the database, so that an outage would take all of them out of service; ready
   * nodes let saves wait and answer other requests with the reason.
   */
  private boolean isShortOutage() {
    return lastUpNanos != null && System.nanoTime() - lastUpNanos < toleratedOutage.toNanos();
  }

  /** Makes the node not ready because it is about to stop. Thread-safe. */
  public void markStopping() {
    stopping = true;
  }

  private ProbeReport unlessStopping(ProbeReport report) {
    return stopping
        ? new ProbeReport(
            false,
            Stream.concat(
                    Stream.of(new ProbeReport.Check("running", false)), report.checks().stream())
                .toList())
        : report;
  }

  private static Status status(boolean isUp) {
    return isUp ? Status.OK() : Status.KO();
  }

  private HealthReport report(NodeList nodes) {
    return new HealthReport(database, checkedAt, startedAt, version, nodes.nodes(), observations);
  }

  private Future<Void> check(Duration timeout) {
    return bus.request(Addresses.DATABASE_STATUS, new NoArguments())
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> unavailable())
        .onSuccess(this::remember)
        .onComplete(
            done -> {
              Timer unused = Timer.once(vertx, nextCheck(), this::checkAgain);
            })
        .mapEmpty();
  }

  /** A starting node polls quickly, to be ready as soon as the database and its indexes are. */
  private Duration nextCheck() {
    boolean isStarting = clock.instant().isBefore(startedAt.plus(STARTUP));
    return isStarting && !isDatabaseUp() && config.interval().compareTo(STARTUP_INTERVAL) > 0
        ? STARTUP_INTERVAL
        : config.interval();
  }

  /** The state of a database that did not answer in time. */
  private Future<DatabaseState> unavailable() {
    return bus.request(Addresses.DATABASE_TROUBLE, new NoArguments())
        .otherwise(
            failure ->
                new DatabaseState(
                    database.kind(),
                    false,
                    false,
                    null,
                    "The database does not answer.",
                    database.trouble(),
                    null));
  }

  private void checkAgain() {
    Future<Void> unused = check(TIMEOUT);
  }

  private static String reason(DatabaseState state) {
    return state.trouble() == null ? "" : state.trouble().reason();
  }

  private void remember(DatabaseState found) {
    DatabaseState state = found.keepingReasonOf(database);
    boolean first = checkedAt == null;
    checkedAt = clock.instant();
    if (first
        || state.connected() != database.connected()
        || !reason(state).equals(reason(database))) {
      if (state.connected()) {
        LOG.atInfo().addKeyValue("kind", state.kind()).log("database connected");
      } else {
        LOG.atWarn()
            .addKeyValue("kind", state.kind())
            .addKeyValue("reason", reason(state))
            .addKeyValue("detail", state.trouble() == null ? "" : state.trouble().detail())
            .log("database unavailable");
      }
    }
    database = state;
    if (isDatabaseUp()) {
      lastUpNanos = System.nanoTime();
      countObservations(lastUpNanos);
    }
  }

  /** Nothing waits for the count; a failed one leaves the last. */
  private void countObservations(long now) {
    if (now - nextCountNanos < 0) {
      return;
    }
    nextCountNanos = now + COUNT_INTERVAL.toNanos();
    var unused =
        bus.request(ObservationAddresses.DERIVATION_PROGRESS, new NoArguments())
            .onSuccess(counted -> observations = counted);
  }
}
