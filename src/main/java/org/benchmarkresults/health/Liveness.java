package org.benchmarkresults.health;

import io.vertx.core.Vertx;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;

/** Whether a process lives is told by itself, whatever its roles are. */
public final class Liveness {
  private Liveness() {}

  /** That it answers at all is the proof. */
  public static void serve(Vertx vertx, Bus bus) {
    HealthChecks live =
        HealthChecks.create(vertx).register("event-loop", status -> status.complete(Status.OK()));
    bus.serve(Addresses.LIVE, ask -> live.checkStatus().map(Probes::report));
  }
}
