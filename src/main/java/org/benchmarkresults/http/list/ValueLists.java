package org.benchmarkresults.http.list;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Operation.Access;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.fold.AliasCache;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.headers.NextLink;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.model.search.DistinctValue;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ValueList;
import org.benchmarkresults.model.search.ValueQuery;
import org.benchmarkresults.query.Cursor;

/** The operations that list the values of a field. */
public final class ValueLists {
  private static final int DEFAULT_LIMIT = 100;
  private static final List<String> COLUMNS =
      List.of(
          "name", "raw_input", "standardized_output", "last_seen", "at_least", "is_lower_bound");

  private ValueLists() {}

  /** The rows of the table of operations. */
  public static List<Operation> operations(AliasCache aliases) {
    return List.of(
        operation("listBenchmarks", Access.WITHIN_PREFIX, Field.Own.BENCHMARK_NAME),
        new Operation.Either(
            operation("listModels", Access.ALL_BENCHMARKS, Field.Own.MODEL_ID),
            AliasCache::isAsked,
            (context, bus) -> folded(aliases, context, bus)),
        operation("listSources", Access.ALL_BENCHMARKS, Field.Own.SOURCE));
  }

  private static Operation operation(String id, Access access, Field.Own member) {
    return new Operation.BusCall<>(
        id,
        Addresses.VALUES,
        new Operation.Needs(access, 1 << 10),
        context -> query(member, context),
        ValueLists::reply);
  }

  private static Future<Response> folded(AliasCache aliases, RoutingContext context, Bus bus) {
    MultiMap parameters = context.queryParams();
    String prefix = parameters.contains("prefix") ? parameters.get("prefix") : "";
    String question = question(Field.Own.MODEL_ID, prefix, "") + " folded";
    String cursor = parameters.get("cursor");
    String after = cursor == null ? null : Cursor.readText(cursor, question);
    ValueQuery query =
        new ValueQuery(Field.Own.MODEL_ID, prefix, after, limit(parameters, DEFAULT_LIMIT));
    return aliases
        .folding(context, bus)
        .compose(folding -> new FoldedModels(folding, bus).page(query))
        .map(page -> folded(context, page, question));
  }

  private static Response folded(RoutingContext context, FoldedModels.Page page, String question) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (page.next() != null) {
      String cursor = Cursor.write(PageKey.of(page.next()), question);
      headers.put("Link", NextLink.to(context, cursor));
    }
    boolean isTable = Format.of(context).shape() == Format.Shape.CSV;
    JsonArray rows = new JsonArray();
    page.rows().forEach(row -> rows.add(row.addTo(row(row.value()), isTable)));
    List<String> columns = Stream.concat(COLUMNS.stream(), Stream.of("spellings")).toList();
    return Table.of(context, rows, columns, Field.Own.MODEL_ID.text(), headers);
  }

  /** The lists of models and sources are refused to callers with a benchmark prefix. */
  private static Future<ValueQuery> query(Field.Own member, RoutingContext context) {
    MultiMap parameters = context.queryParams();
    String prefix = parameters.contains("prefix") ? parameters.get("prefix") : "";
    String allowed = AccessCheck.caller(context).benchmarkPrefix();
    String cursor = parameters.get("cursor");
    String after =
        cursor == null ? null : Cursor.readText(cursor, question(member, prefix, allowed));
    int limit = limit(parameters, DEFAULT_LIMIT);
    return Future.succeededFuture(new ValueQuery(member, prefix, after, limit, allowed));
  }

  public static int limit(MultiMap parameters, int otherwise) {
    String limit = parameters.get("limit");
    return limit == null ? otherwise : Integer.parseInt(limit);
  }

  /** The parameters that a cursor depends on. */
  private static String question(Field.Own member, String prefix, String allowed) {
    String values = "values of " + member.text() + " from " + prefix;
    return allowed.isEmpty() ? values : values + " within " + allowed;
  }

  private static Response reply(RoutingContext context, ValueQuery query, ValueList list) {
    String question = question(query.member(), query.prefix(), query.allowedPrefix());
    return page(context, list, question, query.member().text());
  }

  /**
   * The response with a page of values.
   *
   * @param question the parameters that a cursor depends on
   * @param fileName of the file that lines and tables are saved as, without its extension
   */
  public static Response page(
      RoutingContext context, ValueList list, String question, String fileName) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (list.more()) {
      String last = list.values().get(list.values().size() - 1).name();
      headers.put("Link", NextLink.to(context, Cursor.write(PageKey.of(last), question)));
    }
    JsonArray rows = new JsonArray();
    list.values().forEach(value -> rows.add(row(value)));
    return Table.of(context, rows, COLUMNS, fileName, headers);
  }

  private static JsonObject row(DistinctValue value) {
    JsonObject row =
        new JsonObject()
            .put("name", value.name())
            .put("raw_input", value.rawInput().count())
            .put("standardized_output", value.standardizedOutput().count())
            .put("last_seen", text(value.lastSeen()));
    boolean isLowerBound = !value.rawInput().exact() || !value.standardizedOutput().exact();
    if (isLowerBound) {
      // The name of is_lower_bound in earlier releases.
      row.put("at_least", true);
    }
    return row.put("is_lower_bound", isLowerBound);
  }

  private static String text(Instant moment) {
    return new String(IsoTime.write(moment));
  }
}
