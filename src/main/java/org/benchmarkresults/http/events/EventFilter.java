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
 * Selects the events of a client: by its parameters, within its benchmark prefix.
 *
 * @param stage null for both stages
 * @param benchmarkNames empty for all
 * @param modelIds empty for all
 */
record EventFilter(
    Caller caller, @Nullable Stage stage, List<String> benchmarkNames, List<String> modelIds) {
  /** Reads validated request parameters. */
  static EventFilter of(RoutingContext context) {
    MultiMap parameters = context.queryParams();
    String stage = parameters.get("stage");
    return new EventFilter(
        AccessCheck.caller(context),
        stage == null ? null : Stage.named(stage).orElseThrow(),
        parameters.getAll("benchmark_name"),
        parameters.getAll("model_id"));
  }

  boolean matches(StoredEvent event) {
    return (stage == null || stage == event.stage())
        && (benchmarkNames.isEmpty() || benchmarkNames.contains(event.key().benchmarkName()))
        && (modelIds.isEmpty() || modelIds.contains(event.modelId()))
        && caller.reaches(event.key().benchmarkName());
  }
}
