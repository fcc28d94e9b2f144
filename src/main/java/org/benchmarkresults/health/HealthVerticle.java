package org.benchmarkresults.health;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.Ask;
import org.benchmarkresults.model.DatabaseState;
import org.benchmarkresults.model.HealthReport;
import org.benchmarkresults.model.ProbeReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the database's state on a schedule with a short patience and answers probes with the
 * last one. The checks are vertx-health-check procedures over that memory.
 */
public final class HealthVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HealthVerticle.class);

  private final Config.Health config;
  private final Bus bus;
  private final Clock clock;
  private final String version;
  private final Instant startedAt;
  private DatabaseState database;
  private @Nullable Instant checkedAt;

  /**
   * @param kind {@code mongodb} or {@code embedded}
   * @param version of the service
   */
  public HealthVerticle(Config.Health config, Bus bus, Clock clock, String kind, String version) {
    this.config = config;
    this.bus = bus;
    this.clock = clock;
    this.version = version;
    startedAt = clock.instant();
    database = new DatabaseState(kind, false, false, null, "The database was not asked yet.");
  }

  @Override
  public Future<?> start() {
    HealthChecks live = HealthChecks.create(vertx).register("event-loop", this::running);
    HealthChecks ready = HealthChecks.create(vertx).register("mongodb", this::databaseReady);
    bus.serve(
        Addresses.HEALTH,
        ask ->
            Future.succeededFuture(new HealthReport(database, checkedAt, startedAt, version)));
    bus.serve(Addresses.LIVE, ask -> live.checkStatus().map(HealthVerticle::report));
    bus.serve(Addresses.READY, ask -> ready.checkStatus().map(HealthVerticle::report));
    // Ready means ready: the first look is part of the start, but a database away does not stop it.
    // It has connections to open, so it may take longer than the later ones.
    Duration patient = config.timeout().multipliedBy(3);
    return watch(patient);
  }

  /** That this runs at all is the proof. */
  private void running(Promise<Status> status) {
    status.complete(Status.OK());
  }

  private void databaseReady(Promise<Status> status) {
    boolean ready = database.connected() && database.indexed();
    status.complete(ready ? Status.OK() : Status.KO());
  }

  private static ProbeReport report(CheckResult result) {
    List<CheckResult> checks = result.getChecks();
    return new ProbeReport(
        CheckResult.isUp(result),
        checks == null
            ? List.of()
            : checks.stream()
                .map(check -> new ProbeReport.Check(check.getId(), CheckResult.isUp(check)))
                .toList());
  }

  private Future<Void> watch(Duration patience) {
    return bus.ask(Addresses.DATABASE_STATUS, new Ask())
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(
            failure ->
                new DatabaseState(
                    database.kind(), false, false, null, "The database does not answer."))
        .onSuccess(this::remember)
        .onComplete(
            done -> {
              long again = vertx.setTimer(config.interval().toMillis(), timer -> watchOn());
              LOG.trace("next look {}", again);
            })
        .mapEmpty();
  }

  private void watchOn() {
    Future<Void> unused = watch(config.timeout());
  }

  private void remember(DatabaseState state) {
    boolean first = checkedAt == null;
    checkedAt = clock.instant();
    if (first || state.connected() != database.connected()) {
      if (state.connected()) {
        LOG.atInfo().addKeyValue("kind", state.kind()).log("database connected");
      } else {
        LOG.atWarn().addKeyValue("kind", state.kind()).log("database away");
      }
    }
    database = state;
  }
}
