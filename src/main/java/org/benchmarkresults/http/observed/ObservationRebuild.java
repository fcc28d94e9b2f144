package org.benchmarkresults.http.observed;

import io.vertx.core.json.JsonObject;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;

/** The operation that has all observations derived anew. */
final class ObservationRebuild {
  private ObservationRebuild() {}

  static Operation operation() {
    return new Operation.BusCall<>(
        "rebuildObservations",
        ObservationAddresses.REBUILD_OBSERVATIONS,
        new Operation.Needs(Operation.Access.ALL_BENCHMARKS, 0),
        Operation.Read.nothing(),
        (context, nothing, done) ->
            Response.json(202, new JsonObject().put("status", "accepted").toBuffer()));
  }
}
