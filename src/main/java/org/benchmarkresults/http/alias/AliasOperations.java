package org.benchmarkresults.http.alias;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.bus.Address;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.body.BodyReader;
import org.benchmarkresults.http.exchange.HeldBody;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.fold.AliasCache;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.headers.NextLink;
import org.benchmarkresults.http.list.ValueLists;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.alias.AliasChange;
import org.benchmarkresults.model.alias.ModelAliases;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.query.Cursor;
import org.benchmarkresults.query.Folding;
import org.jspecify.annotations.Nullable;

/** The operations on aliases. All are of all benchmarks, since every benchmark has the models. */
public final class AliasOperations {
  private static final int DEFAULT_LIMIT = 100;
  private static final List<String> COLUMNS =
      List.of("model_id", "aliases", "changed_by", "changed_at", "revision");

  /** An operation of all benchmarks. */
  private record OfAll(String id, String address, int rowBytes, Handler handler)
      implements Operation {
    OfAll(String id, Address<?, ?> target, int rowBytes, Handler handler) {
      this(id, target.name(), rowBytes, handler);
    }

    @Override
    public Needs needs() {
      return new Needs(Access.ALL_BENCHMARKS, rowBytes);
    }

    @Override
    public Future<Response> answer(RoutingContext context, Bus bus) {
      return handler.answer(context, bus);
    }
  }

  private final AliasCache cache;
  private final BodyReader bodies;

  private AliasOperations(AliasCache cache, BodyReader bodies) {
    this.cache = cache;
    this.bodies = bodies;
  }

  /** The rows of the table of operations. */
  public static List<Operation> all(AliasCache cache, BodyReader bodies) {
    AliasOperations operations = new AliasOperations(cache, bodies);
    return List.of(
        new OfAll("listAliases", Addresses.ALIASES, 4 << 10, operations::list),
        new OfAll("findAliases", Addresses.ALIASES, 0, operations::find),
        new OfAll("setAliases", Addresses.CHANGE_ALIASES, 0, operations::set),
        new OfAll("removeAliases", Addresses.CHANGE_ALIASES, 0, operations::remove));
  }

  private static String model(RoutingContext context) {
    return context.pathParam("model_id");
  }

  /** The aliases of a model, or of the model that has the spelling. */
  private Future<Response> find(RoutingContext context, Bus bus) {
    return cache
        .newest(bus)
        .map(
            lists -> {
              String model = lists.folding().modelOf(model(context));
              return lists.models().stream()
                  .filter(list -> list.modelId().equals(model))
                  .findFirst()
                  .map(AliasResponses::of)
                  .orElseThrow(() -> new ProblemException(AliasResponses.notFound()));
            });
  }

  private Future<Response> set(RoutingContext context, Bus bus) {
    return bodies
        .read(context.request())
        .compose(
            body -> {
              HeldBody.keep(context, body);
              return change(AliasBody.read(body.bytes(), model(context)), context, bus);
            });
  }

  private Future<Response> remove(RoutingContext context, Bus bus) {
    return change(List.of(), context, bus);
  }

  private static Future<Response> change(List<String> aliases, RoutingContext context, Bus bus) {
    AliasChange change =
        new AliasChange(
            model(context),
            aliases,
            AliasConditions.of(context.request()),
            AccessCheck.caller(context).id(),
            AccessCheck.actor(context));
    return bus.request(Addresses.CHANGE_ALIASES, change).map(AliasResponses::of);
  }

  private Future<Response> list(RoutingContext context, Bus bus) {
    MultiMap parameters = context.queryParams();
    String prefix = parameters.contains("prefix") ? parameters.get("prefix") : "";
    String question = "aliases from " + prefix;
    String cursor = parameters.get("cursor");
    String after = cursor == null ? null : Cursor.readText(cursor, question);
    int limit = ValueLists.limit(parameters, DEFAULT_LIMIT);
    return cache.newest(bus).map(lists -> page(lists.models(), prefix, after, limit, context));
  }

  private static Response page(
      List<ModelAliases> lists,
      String prefix,
      @Nullable String after,
      int limit,
      RoutingContext context) {
    List<ModelAliases> found =
        lists.stream()
            .filter(list -> list.modelId().startsWith(prefix))
            .filter(list -> after == null || Folding.ORDER.compare(list.modelId(), after) > 0)
            .limit(limit + 1L)
            .toList();
    List<ModelAliases> page = found.subList(0, Math.min(limit, found.size()));
    Map<String, String> headers = new LinkedHashMap<>();
    if (found.size() > limit) {
      PageKey last = PageKey.of(page.getLast().modelId());
      headers.put("Link", NextLink.to(context, Cursor.write(last, "aliases from " + prefix)));
    }
    boolean isTable = Format.of(context).shape() == Format.Shape.CSV;
    JsonArray rows = new JsonArray();
    for (ModelAliases list : page) {
      JsonObject row = AliasResponses.json(list);
      rows.add(isTable ? row.put("aliases", row.getJsonArray("aliases").encode()) : row);
    }
    return Table.of(context, rows, COLUMNS, "aliases", headers);
  }
}
