package org.benchmarkresults.storage.search;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.DistinctValue;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.ValueList;
import org.benchmarkresults.model.search.ValueQuery;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.benchmarkresults.storage.search.ValueWalk.Found;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * The values that a member has within both stages, with how many results have each. Confined to one
 * event loop.
 */
public final class DistinctValues {
  /** Counting goes no further: that many keys take some 20 ms. */
  public static final int MOST_COUNTED = 100_000;

  /** Counts under way at once for one question; others want the database too. */
  private static final int LANES = 4;

  private final Map<Stage, Function<ValueQuery, Future<List<Found>>>> walks;
  private final Map<Stage, BoundedCount> counts;
  private final int mostCounted;
  private final RecentCounts<Counted> recent = new RecentCounts<>();

  /** The counted value, and the newest result at the time. */
  private record Counted(Stage stage, Field.Own member, String value, Instant lastSeen) {}

  private DistinctValues(
      Map<Stage, Function<ValueQuery, Future<List<Found>>>> walks,
      Map<Stage, BoundedCount> counts,
      int mostCounted) {
    this.walks = walks;
    this.counts = counts;
    this.mostCounted = mostCounted;
  }

  /**
   * @param indexed whether the database has the declared indexes
   * @param mostCounted where counting a stage's results of one value stops
   */
  public static DistinctValues of(
      MongoClients clients, CollectionNames collections, boolean indexed, int mostCounted) {
    Map<Stage, Function<ValueQuery, Future<List<Found>>>> walks = new EnumMap<>(Stage.class);
    Map<Stage, BoundedCount> counts = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      String collection = collections.results(stage);
      walks.put(
          stage,
          indexed
              ? new ValueWalk(clients.reading(collection))::values
              : new EmbeddedValues(clients.database(), collection)::values);
      counts.put(stage, new BoundedCount(clients.database(), collection));
    }
    return new DistinctValues(walks, counts, mostCounted);
  }

  /** Succeeds with a page of values; fails with {@link Unavailable}. */
  public Future<ValueList> page(ValueQuery query) {
    return query
        .commonPrefix()
        .map(prefix -> page(query, prefix))
        .orElseGet(() -> Future.succeededFuture(new ValueList(List.of(), false)));
  }

  private Future<ValueList> page(ValueQuery asked, String prefix) {
    ValueQuery query =
        new ValueQuery(asked.member(), prefix, asked.after(), asked.limit(), "", asked.only());
    List<Future<Map.Entry<Stage, List<Found>>>> stages =
        walks.entrySet().stream()
            .map(walk -> walk.getValue().apply(query).map(found -> Map.entry(walk.getKey(), found)))
            .toList();
    return Future.all(stages)
        .compose(all -> counted(merged(stages.stream().map(Future::result)), query));
  }

  /** Each stage gave one value more than asked for, so none that belongs to the page is missing. */
  private static SortedMap<String, Map<Stage, Found>> merged(
      Stream<Map.Entry<Stage, List<Found>>> stages) {
    SortedMap<String, Map<Stage, Found>> merged = new TreeMap<>(TextOrder.BY_CODE_POINTS);
    stages.forEach(
        stage ->
            stage
                .getValue()
                .forEach(
                    found ->
                        merged
                            .computeIfAbsent(found.value(), v -> new EnumMap<>(Stage.class))
                            .put(stage.getKey(), found)));
    return merged;
  }

  private Future<ValueList> counted(SortedMap<String, Map<Stage, Found>> merged, ValueQuery query) {
    List<Map.Entry<String, Map<Stage, Found>>> page =
        merged.entrySet().stream().limit(query.limit()).toList();
    List<Counted> open =
        page.stream().flatMap(value -> open(value.getValue(), query.member())).toList();
    Map<Counted, Long> counted = new HashMap<>();
    List<Future<Void>> lanes =
        IntStream.range(0, LANES).mapToObj(lane -> count(open, lane, counted)).toList();
    return Future.all(lanes)
        .map(
            all ->
                new ValueList(
                    page.stream()
                        .map(value -> value(value.getValue(), query.member(), counted))
                        .toList(),
                    merged.size() > query.limit()));
  }

  /** Those that were not wholly walked past. */
  private static Stream<Counted> open(Map<Stage, Found> stages, Field.Own member) {
    return stages.entrySet().stream()
        .filter(stage -> !stage.getValue().whole())
        .map(stage -> key(stage.getKey(), member, stage.getValue()));
  }

  private static Counted key(Stage stage, Field.Own member, Found found) {
    return new Counted(stage, member, found.value(), found.lastSeen());
  }

  /** Counts every fourth of the open values, one after the other. */
  private Future<Void> count(List<Counted> open, int number, Map<Counted, Long> counted) {
    if (number >= open.size()) {
      return Future.succeededFuture();
    }
    Counted key = open.get(number);
    return recent
        .of(key, () -> count(key))
        .onSuccess(count -> counted.put(key, count))
        .compose(count -> count(open, number + LANES, counted));
  }

  private Future<Long> count(Counted key) {
    BsonDocument range =
        new BsonDocument(ValueWalk.field(key.member()), new BsonString(key.value()));
    return Objects.requireNonNull(counts.get(key.stage()))
        .of(range, ValueWalk.index(key.member()), mostCounted + 1);
  }

  private DistinctValue value(
      Map<Stage, Found> stages, Field.Own member, Map<Counted, Long> counted) {
    Found any = stages.values().iterator().next();
    Instant lastSeen =
        stages.values().stream().map(Found::lastSeen).reduce(any.lastSeen(), DistinctValues::later);
    return new DistinctValue(
        any.value(),
        count(Stage.RAW, stages, member, counted),
        count(Stage.STANDARDIZED, stages, member, counted),
        lastSeen);
  }

  private static Instant later(Instant left, Instant right) {
    return left.isAfter(right) ? left : right;
  }

  private ResultCount count(
      Stage stage, Map<Stage, Found> stages, Field.Own member, Map<Counted, Long> counted) {
    Found found = stages.get(stage);
    if (found == null) {
      return new ResultCount(0, true);
    }
    return ResultCount.upTo(
        found.whole()
            ? found.count()
            : Objects.requireNonNull(counted.get(key(stage, member, found))),
        mostCounted);
  }
}
