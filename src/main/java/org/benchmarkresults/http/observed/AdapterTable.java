package org.benchmarkresults.http.observed;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.derivation.AdapterList;
import org.benchmarkresults.model.derivation.AdapterList.AdapterInfo;
import org.benchmarkresults.model.derivation.AdapterUpgrade;
import org.jspecify.annotations.Nullable;

/** The operation that lists adapters, with what their newest versions changed. */
final class AdapterTable implements Operation {
  private static final List<String> COLUMNS =
      List.of("name", "version", "tool", "format", "holds", "origin");

  @Override
  public String id() {
    return "listAdapters";
  }

  @Override
  public String address() {
    return ObservationAddresses.ADAPTERS.name();
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    Future<AdapterList> adapters = bus.request(ObservationAddresses.ADAPTERS, new NoArguments());
    return bus.request(ObservationAddresses.OBSERVATION_UPGRADES, new NoArguments())
        .compose(
            upgrades -> adapters.map(list -> response(context, list, newest(upgrades.upgrades()))));
  }

  private static Map<String, AdapterUpgrade> newest(List<AdapterUpgrade> newestFirst) {
    Map<String, AdapterUpgrade> byAdapter = new HashMap<>();
    newestFirst.forEach(upgrade -> byAdapter.putIfAbsent(upgrade.adapter(), upgrade));
    return byAdapter;
  }

  private static Response response(
      RoutingContext context, AdapterList list, Map<String, AdapterUpgrade> upgrades) {
    JsonArray rows = new JsonArray();
    list.adapters().forEach(adapter -> rows.add(row(adapter, upgrades.get(adapter.name()))));
    return Table.of(context, rows, COLUMNS, "adapters", Map.of());
  }

  private static JsonObject row(AdapterInfo adapter, @Nullable AdapterUpgrade upgrade) {
    return new JsonObject()
        .put("name", adapter.name())
        .put("version", adapter.version())
        .put("tool", adapter.tool())
        .put("format", adapter.format())
        .put("holds", adapter.holds())
        .put("origin", adapter.isOfTeam() ? "team" : "built_in")
        .put("upgrade", upgrade == null ? null : upgrade(upgrade));
  }

  private static JsonObject upgrade(AdapterUpgrade upgrade) {
    return new JsonObject()
        .put("from_version", upgrade.fromVersion())
        .put("to_version", upgrade.toVersion())
        .put("started_at", IsoTime.text(upgrade.startedAt()))
        .put("ended_at", upgrade.endedAt() == null ? null : IsoTime.text(upgrade.endedAt()))
        .put("results", upgrade.results())
        .put("changed_results", upgrade.changedResults())
        .put("added", upgrade.added())
        .put("removed", upgrade.removed())
        .put("changed", upgrade.changed());
  }
}
