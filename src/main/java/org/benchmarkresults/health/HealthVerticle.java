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
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.node.HealthReport;
import org.benchmarkresults.model.node.NodeList;
import org.benchmarkresults.model.node.ProbeReport;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the database's state on a schedule with a short patience and answers probes with the
 * last one. The checks are vertx-health-check procedures over that memory.
 */
public final class HealthVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HealthVerticle.class);

  private static final Duration TIMEOUT = Duration.ofMillis(800);
  private static final Duration STARTING = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofMillis(50);

  private final Config.Health config;
  private final Bus bus;
  private final Clock clock;
  private final String version;
  private final @Nullable BooleanSupplier joined;
  private final Duration outage;
  private final Instant startedAt;
  private volatile boolean stopping;
  private DatabaseState database;
  private @Nullable Instant checkedAt;
  private @Nullable Long lastWellNanos;

  /**
   * @param kind {@code mongodb} or {@code embedded}
   * @param version of the service
   * @param joined whether this node is in its cluster; null for a node alone
   * @param outage how long the database may be away before the node counts as not ready
   */
  public HealthVerticle(
      Config.Health config,
      Bus bus,
      Clock clock,
      String kind,
      String version,
      @Nullable BooleanSupplier joined,
      Duration outage) {
    this.outage = outage;
    this.config = config;
    this.bus = bus;
    this.clock = clock;
    this.version = version;
    this.joined = joined;
    startedAt = clock.instant();
    database = new DatabaseState(kind, false, false, null, "The database was not asked yet.");
  }

  @Override
  public Future<?> start() {
    HealthChecks ready = HealthChecks.create(vertx).register("mongodb", this::databaseReady);
    if (joined != null) {
      var unused =
          ready.register("cluster", status -> status.complete(word(joined.getAsBoolean())));
    }
    bus.serve(Addresses.HEALTH, ask -> bus.request(Addresses.NODES, ask).map(this::report));
    bus.serve(
        Addresses.READY, ask -> ready.checkStatus().map(Probes::report).map(this::unlessStopping));
    // Ready means ready: the first look is part of the start, but a database away does not stop it.
    // It has connections to open, so it may take longer than the later ones.
    Duration patient = TIMEOUT.multipliedBy(3);
    return watch(patient);
  }

  private void databaseReady(Promise<Status> status) {
    status.complete(word(isWell() || isShortOutage()));
  }

  private boolean isWell() {
    return database.connected() && database.indexed();
  }

  /**
   * All nodes share the database: taken out of service together they answer nothing, where they
   * could let saves wait for it and answer the rest with a reason.
   */
  private boolean isShortOutage() {
    return lastWellNanos != null && System.nanoTime() - lastWellNanos < outage.toNanos();
  }

  /** Not ready from now on, whatever else is well: the node is about to stop. From any thread. */
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

  private static Status word(boolean well) {
    return well ? Status.OK() : Status.KO();
  }

  private HealthReport report(NodeList nodes) {
    return new HealthReport(database, checkedAt, startedAt, version, nodes.nodes());
  }

  private Future<Void> watch(Duration patience) {
    return bus.request(Addresses.DATABASE_STATUS, new NoArguments())
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> trouble())
        .onSuccess(this::remember)
        .onComplete(
            done -> {
              Timer unused = Timer.once(vertx, nextLook(), this::watchOn);
            })
        .mapEmpty();
  }

  /** A node that is starting is ready as soon as its database and its indexes are. */
  private Duration nextLook() {
    boolean isStarting = clock.instant().isBefore(startedAt.plus(STARTING));
    return isStarting && !isWell() && config.interval().compareTo(SOON) > 0
        ? SOON
        : config.interval();
  }

  /** Why there was no answer in time. */
  private Future<DatabaseState> trouble() {
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

  private void watchOn() {
    Future<Void> unused = watch(TIMEOUT);
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
            .log("database away");
      }
    }
    database = state;
    if (isWell()) {
      lastWellNanos = System.nanoTime();
    }
  }
}
