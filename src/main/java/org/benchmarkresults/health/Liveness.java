package org.benchmarkresults.health;

import io.vertx.core.Vertx;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;

/** The liveness probe, which every node serves whatever its roles are. */
public final class Liveness {
  private Liveness() {}

  /** The probe is up whenever the event loop can answer it. */
  public static void serve(Vertx vertx, Bus bus) {
    HealthChecks live =
        HealthChecks.create(vertx).register("event-loop", status -> status.complete(Status.OK()));
    bus.serve(Addresses.LIVE, empty -> live.checkStatus().map(Probes::report));
  }
}
