package org.benchmarkresults.http.events;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Which events a listener is told: those that it asked for, within its reach.
 *
 * @param stage null for both
 * @param benchmarkNames none for all
 * @param modelIds none for all
 */
record EventFilter(
    Caller caller, @Nullable Stage stage, List<String> benchmarkNames, List<String> modelIds) {
  /** Reads a request whose parameters fit the contract. */
  static EventFilter of(RoutingContext context) {
    MultiMap parameters = context.queryParams();
    String stage = parameters.get("stage");
    return new EventFilter(
        AccessCheck.caller(context),
        stage == null ? null : Stage.named(stage).orElseThrow(),
        parameters.getAll("benchmark_name"),
        parameters.getAll("model_id"));
  }

  boolean wants(StoredEvent event) {
    return (stage == null || stage == event.stage())
        && (benchmarkNames.isEmpty() || benchmarkNames.contains(event.key().benchmarkName()))
        && (modelIds.isEmpty() || modelIds.contains(event.modelId()))
        && caller.reaches(event.key().benchmarkName());
  }
}
