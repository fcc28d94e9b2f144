package org.benchmarkresults.http.list;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.search.DistinctValue;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.ValueList;
import org.benchmarkresults.model.search.ValueQuery;
import org.benchmarkresults.query.Folding;
import org.jspecify.annotations.Nullable;

/**
 * Models with the results of all their spellings. A page of models is read as without folding; its
 * aliases are left out, models that results have under an alias alone are added, and what the
 * aliases of a page count is read together. Stateless.
 */
record FoldedModels(Folding folding, Bus bus) {
  /** Aliases that are counted for one page; a page of more ends earlier. */
  private static final int MOST_COUNTED = 5_000;

  /**
   * A page of models.
   *
   * @param next the model or alias behind which the next page begins; null when this is the last
   */
  record Page(List<Row> rows, @Nullable String next) {
    Page {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A model.
   *
   * @param value the sums of all spellings, and the newest of all
   * @param spellings those that results have, the model itself first
   */
  record Row(DistinctValue value, List<String> spellings) {
    Row {
      spellings = List.copyOf(spellings);
    }

    JsonObject addTo(JsonObject row, boolean isTable) {
      JsonArray all = new JsonArray(spellings);
      return row.put("spellings", isTable ? all.encode() : all);
    }
  }

  /** Succeeds with a page that has rows, or is the last; fails with {@link Unavailable}. */
  Future<Page> page(ValueQuery query) {
    return bus.request(Addresses.VALUES, query)
        .compose(plain -> page(query, plain))
        .compose(
            page ->
                page.rows().isEmpty() && page.next() != null
                    ? page(
                        new ValueQuery(query.member(), query.prefix(), page.next(), query.limit()))
                    : Future.succeededFuture(page));
  }

  private Future<Page> page(ValueQuery query, ValueList plain) {
    String end = plain.more() ? plain.values().getLast().name() : null;
    Map<String, DistinctValue> own = new TreeMap<>(Folding.ORDER);
    for (DistinctValue value : plain.values()) {
      if (folding.modelOf(value.name()).equals(value.name())) {
        own.put(value.name(), value);
      }
    }
    Set<String> models = new TreeSet<>(Folding.ORDER);
    models.addAll(own.keySet());
    for (String model : folding.modelsAfter(query.after())) {
      if (end != null && Folding.ORDER.compare(model, end) > 0) {
        break;
      }
      if (model.startsWith(query.prefix())) {
        models.add(model);
      }
    }
    List<String> chosen = new ArrayList<>();
    List<String> aliases = new ArrayList<>();
    for (String model : models) {
      List<String> more = folding.aliasesOf(model);
      boolean isTooMuch = aliases.size() + more.size() > MOST_COUNTED && !chosen.isEmpty();
      if (chosen.size() == query.limit() || isTooMuch) {
        end = chosen.getLast();
        break;
      }
      chosen.add(model);
      aliases.addAll(more);
    }
    String next = end;
    return counted(aliases).map(counts -> new Page(rows(chosen, own, counts), next));
  }

  private Future<Map<String, DistinctValue>> counted(List<String> aliases) {
    return aliases.isEmpty()
        ? Future.succeededFuture(Map.of())
        : bus.request(Addresses.VALUES, ValueQuery.only(Field.Own.MODEL_ID, aliases))
            .map(
                list ->
                    list.values().stream()
                        .collect(Collectors.toMap(DistinctValue::name, value -> value)));
  }

  private List<Row> rows(
      List<String> models, Map<String, DistinctValue> own, Map<String, DistinctValue> ofAliases) {
    Map<String, DistinctValue> counts = new HashMap<>(ofAliases);
    counts.putAll(own);
    List<Row> rows = new ArrayList<>();
    for (String model : models) {
      List<String> spellings =
          folding.spellingsOf(model).stream().filter(counts::containsKey).toList();
      spellings.stream()
          .map(counts::get)
          .reduce(FoldedModels::sum)
          .map(sum -> named(model, sum))
          .ifPresent(sum -> rows.add(new Row(sum, spellings)));
    }
    return rows;
  }

  private static DistinctValue named(String model, DistinctValue sum) {
    return new DistinctValue(model, sum.rawInput(), sum.standardizedOutput(), sum.lastSeen());
  }

  private static DistinctValue sum(DistinctValue left, DistinctValue right) {
    return new DistinctValue(
        left.name(),
        sum(left.rawInput(), right.rawInput()),
        sum(left.standardizedOutput(), right.standardizedOutput()),
        left.lastSeen().isAfter(right.lastSeen()) ? left.lastSeen() : right.lastSeen());
  }

  private static ResultCount sum(ResultCount left, ResultCount right) {
    return new ResultCount(left.count() + right.count(), left.exact() && right.exact());
  }
}
