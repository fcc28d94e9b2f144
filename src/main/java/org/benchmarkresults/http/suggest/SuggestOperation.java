package org.benchmarkresults.http.suggest;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.fold.AliasCache;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.http.list.ValueLists;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.query.Folding;
import org.jspecify.annotations.Nullable;

/**
 * The operation that suggests names. Callers with a benchmark prefix get the names of benchmarks
 * within it and the labels of results within it alone: of other names it is not known which
 * benchmarks have them.
 */
public record SuggestOperation(NameCatalog catalog, AliasCache aliases) implements Operation {
  private static final int DEFAULT_LIMIT = 12;
  private static final List<String> COLUMNS = List.of("field", "value", "results", "last_seen");

  /** Labels that are looked up for a caller with a benchmark prefix. */
  private static final int MOST_LOOKED_UP = 40;

  private static final String SPELLING = "spelling";

  @Override
  public String id() {
    return "suggestNames";
  }

  @Override
  public @Nullable String address() {
    return null;
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    MultiMap parameters = context.queryParams();
    String text = parameters.contains("q") ? parameters.get("q") : "";
    String prefix = AccessCheck.caller(context).benchmarkPrefix();
    Set<NameKind> kinds = kinds(parameters.get("kinds"));
    int limit = ValueLists.limit(parameters, DEFAULT_LIMIT);
    return prefix.isEmpty()
        ? aliases
            .folding(context, bus)
            .compose(
                folded -> catalog.names().map(names -> names.find(text, kinds, "", limit, folded)))
            .map(found -> response(context, found))
        : catalog
            .names()
            .compose(names -> within(prefix, text, kinds, limit, names, bus))
            .map(found -> response(context, found));
  }

  /** Callers with a prefix get no models, so that there is nothing to fold. */
  private static Future<List<Suggestion>> within(
      String prefix, String text, Set<NameKind> kinds, int limit, Names names, Bus bus) {
    Set<NameKind> ofBenchmarks = EnumSet.copyOf(kinds);
    ofBenchmarks.retainAll(Set.of(NameKind.BENCHMARK_NAME));
    List<Suggestion> benchmarks = names.find(text, ofBenchmarks, prefix, limit, Folding.OFF);
    if (!kinds.contains(NameKind.LABEL)) {
      return Future.succeededFuture(benchmarks);
    }
    List<Suggestion> labels =
        names.find(text, Set.of(NameKind.LABEL), "", MOST_LOOKED_UP, Folding.OFF);
    return LabelNames.within(prefix, labels, bus)
        .map(found -> Stream.concat(benchmarks.stream(), found.stream()).limit(limit).toList());
  }

  private static Set<NameKind> kinds(@Nullable String text) {
    if (text == null) {
      return EnumSet.allOf(NameKind.class);
    }
    Set<NameKind> kinds = EnumSet.noneOf(NameKind.class);
    for (String name : text.split(",", -1)) {
      kinds.add(
          NameKind.named(name.strip())
              .orElseThrow(
                  () ->
                      new ProblemException(
                          Problem.invalidParameters(
                              List.of(
                                  Fault.ofParameter(
                                      "kinds",
                                      "must be some of model_id, benchmark_name, task, metric,"
                                          + " source and label, separated by commas"))))));
    }
    return kinds;
  }

  private static Response response(RoutingContext context, List<Suggestion> found) {
    JsonArray rows = new JsonArray();
    for (Suggestion one : found) {
      JsonObject row =
          new JsonObject()
              .put("field", one.kind().text())
              .put("value", one.name())
              .put("results", one.results())
              .put("last_seen", one.kind() == NameKind.LABEL ? null : IsoTime.text(one.lastSeen()));
      rows.add(one.spelling() == null ? row : row.put(SPELLING, one.spelling()));
    }
    List<String> columns =
        AliasCache.isAsked(context)
            ? Stream.concat(COLUMNS.stream(), Stream.of(SPELLING)).toList()
            : COLUMNS;
    return Table.of(context, rows, columns, "names", Map.of());
  }
}
