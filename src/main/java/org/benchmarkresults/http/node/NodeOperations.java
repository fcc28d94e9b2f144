package org.benchmarkresults.http.node;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.model.derivation.DerivationProgress;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.node.HealthReport;
import org.benchmarkresults.model.node.NodeList.Node;
import org.benchmarkresults.model.node.ProbeReport;
import org.benchmarkresults.security.Caller;

/** Operations about the node and its database: health, probes, metrics. */
public final class NodeOperations {
  private NodeOperations() {}

  public static List<Operation> all(Clock clock) {
    return List.of(
        new Operation.BusCall<>(
            "health",
            Addresses.HEALTH,
            new Operation.Needs(Operation.Access.OPTIONAL, 0),
            Operation.Read.nothing(),
            (context, arguments, report) -> health(context, report, clock)),
        new Operation.BusCall<>(
            "liveness",
            Addresses.LIVE,
            Operation.Read.nothing(),
            (context, arguments, report) -> probe(report)),
        new Operation.BusCall<>(
            "readiness",
            Addresses.READY,
            Operation.Read.nothing(),
            (context, arguments, report) -> probe(report)),
        new Operation.BusCall<>(
            "metrics",
            Addresses.METRICS,
            Operation.Read.nothing(),
            (context, arguments, metrics) ->
                new Response.Whole(
                    200,
                    Response.headers("text/plain; version=0.0.4; charset=utf-8"),
                    Buffer.buffer(metrics.text()))));
  }

  /** Lists the nodes of the cluster for authenticated callers only. */
  private static Response health(RoutingContext context, HealthReport report, Clock clock) {
    DatabaseState database = report.database();
    JsonObject details =
        new JsonObject()
            .put("kind", database.kind())
            .put("ready", database.connected() && database.indexed())
            .put(
                "checked_at",
                Optional.ofNullable(report.checkedAt()).map(Object::toString).orElse(null))
            .put(
                "latency_ms",
                Optional.ofNullable(database.latencyMicros())
                    .map(micros -> micros / 1e3)
                    .orElse(null));
    if (database.error() != null) {
      details.put("error", database.error());
    }
    if (database.trouble() != null) {
      details.put("reason", database.trouble().reason());
    }
    if (database.clockDifferenceMillis() != null) {
      details.put("clock_difference_ms", database.clockDifferenceMillis());
    }
    JsonObject body =
        new JsonObject()
            .put("status", "ok")
            .put("mongodb_status", database.connected() ? "connected" : "disconnected")
            .put("database", details)
            .put("nodes", nodes(isStranger(context) ? List.of() : report.nodes()))
            .put("version", report.version())
            .put(
                "uptime_seconds",
                Duration.between(report.startedAt(), clock.instant()).toSeconds());
    if (report.observations() != null) {
      body.put("observations", observations(report.observations()));
    }
    return Response.json(200, body.toBuffer());
  }

  private static JsonObject observations(DerivationProgress progress) {
    return new JsonObject()
        .put("results", progress.results())
        .put("derived", progress.derived())
        .put("failed", progress.failed())
        .put("pending", progress.pending())
        .put("observations", progress.observations());
  }

  private static boolean isStranger(RoutingContext context) {
    return AccessCheck.caller(context).equals(Caller.STRANGER);
  }

  private static JsonArray nodes(List<Node> nodes) {
    JsonArray array = new JsonArray();
    for (Node node : nodes) {
      array.add(
          new JsonObject()
              .put("id", node.id())
              .put("address", node.address())
              .put("roles", new JsonArray(node.roles()))
              .put("version", node.version())
              .put("self", node.self()));
    }
    return array;
  }

  private static Response probe(ProbeReport report) {
    JsonArray checks = new JsonArray();
    report
        .checks()
        .forEach(
            check ->
                checks.add(
                    new JsonObject().put("id", check.id()).put("status", status(check.up()))));
    JsonObject body = new JsonObject().put("status", status(report.up())).put("checks", checks);
    return Response.json(report.up() ? 200 : 503, body.toBuffer());
  }

  private static String status(boolean up) {
    return up ? "UP" : "DOWN";
  }
}
