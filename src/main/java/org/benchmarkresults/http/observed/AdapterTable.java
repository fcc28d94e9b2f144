package org.benchmarkresults.http.observed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.model.derivation.AdapterList;
import org.benchmarkresults.model.derivation.AdapterList.AdapterInfo;

/** The operation that lists adapters. */
final class AdapterTable {
  private static final List<String> COLUMNS =
      List.of("name", "version", "tool", "format", "holds", "origin");

  private AdapterTable() {}

  static Operation operation() {
    return new Operation.BusCall<>(
        "listAdapters",
        Addresses.ADAPTERS,
        Operation.Read.nothing(),
        (context, empty, adapters) -> response(context, adapters));
  }

  private static Response response(RoutingContext context, AdapterList list) {
    JsonArray rows = new JsonArray();
    list.adapters().forEach(adapter -> rows.add(row(adapter)));
    return Table.of(context, rows, COLUMNS, "adapters", Map.of());
  }

  private static JsonObject row(AdapterInfo adapter) {
    return new JsonObject()
        .put("name", adapter.name())
        .put("version", adapter.version())
        .put("tool", adapter.tool())
        .put("format", adapter.format())
        .put("holds", adapter.holds())
        .put("origin", adapter.isOfTeam() ? "team" : "built_in");
  }
}
