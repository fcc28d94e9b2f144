package org.benchmarkresults.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.DistinctValue;
import org.benchmarkresults.model.Field;
import org.benchmarkresults.model.ResultCount;
import org.benchmarkresults.model.Stage;
import org.benchmarkresults.model.ValueList;
import org.benchmarkresults.model.ValueQuery;
import org.benchmarkresults.storage.ValueWalk.Found;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** The values that a member has within both stages, with how many results have each. Stateless. */
final class DistinctValues {
  /** Counting goes no further: that many keys take some 20 ms. */
  static final int MOST_COUNTED = 100_000;

  /** Counts under way at once for one question; others want the database too. */
  private static final int LANES = 4;

  /** A value that was not wholly walked past. */
  private record Open(Stage stage, String value) {}

  private final Map<Stage, ValueWalk> walks;
  private final Map<Stage, RangeCount> counts;

  private DistinctValues(Map<Stage, ValueWalk> walks, Map<Stage, RangeCount> counts) {
    this.walks = walks;
    this.counts = counts;
  }

  /**
   * @param indexed whether the database has the declared indexes
   */
  static DistinctValues of(MongoClients clients, Collections collections, boolean indexed) {
    Map<Stage, ValueWalk> walks = new EnumMap<>(Stage.class);
    Map<Stage, RangeCount> counts = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      String collection = collections.results(stage);
      walks.put(stage, new ValueWalk(clients.raw(collection), indexed));
      counts.put(stage, new RangeCount(clients.database(), collection));
    }
    return new DistinctValues(walks, counts);
  }

  /** Succeeds with a page of values; fails with {@link Unavailable}. */
  Future<ValueList> page(ValueQuery query) {
    List<Future<Map.Entry<Stage, List<Found>>>> stages =
        walks.entrySet().stream()
            .map(walk -> walk.getValue().values(query).map(found -> Map.entry(walk.getKey(), found)))
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
    List<Open> open = page.stream().flatMap(value -> open(value.getValue())).toList();
    Map<Open, Long> counted = new HashMap<>();
    List<Future<Void>> lanes =
        IntStream.range(0, LANES)
            .mapToObj(lane -> count(open, lane, query.member(), counted))
            .toList();
    return Future.all(lanes)
        .map(
            all ->
                new ValueList(
                    page.stream().map(value -> value(value.getValue(), counted)).toList(),
                    merged.size() > query.limit()));
  }

  private static Stream<Open> open(Map<Stage, Found> stages) {
    return stages.entrySet().stream()
        .filter(stage -> !stage.getValue().whole())
        .map(stage -> new Open(stage.getKey(), stage.getValue().value()));
  }

  /** Counts every fourth of the open values, one after the other. */
  private Future<Void> count(
      List<Open> open, int number, Field.Own member, Map<Open, Long> counted) {
    if (number >= open.size()) {
      return Future.succeededFuture();
    }
    Open value = open.get(number);
    BsonDocument range =
        new BsonDocument(ValueWalk.field(member), new BsonString(value.value()));
    return Objects.requireNonNull(counts.get(value.stage()))
        .of(range, ValueWalk.index(member), MOST_COUNTED + 1)
        .onSuccess(count -> counted.put(value, count))
        .compose(count -> count(open, number + LANES, member, counted));
  }

  private static DistinctValue value(Map<Stage, Found> stages, Map<Open, Long> counted) {
    Found any = stages.values().iterator().next();
    Instant lastSeen =
        stages.values().stream().map(Found::lastSeen).reduce(any.lastSeen(), DistinctValues::later);
    return new DistinctValue(
        any.value(),
        count(Stage.RAW, stages, counted),
        count(Stage.STANDARDIZED, stages, counted),
        lastSeen);
  }

  private static Instant later(Instant left, Instant right) {
    return left.isAfter(right) ? left : right;
  }

  private static ResultCount count(
      Stage stage, Map<Stage, Found> stages, Map<Open, Long> counted) {
    Found found = stages.get(stage);
    if (found == null) {
      return new ResultCount(0, true);
    }
    return ResultCount.upTo(
        found.whole()
            ? found.count()
            : Objects.requireNonNull(counted.get(new Open(stage, found.value()))),
        MOST_COUNTED);
  }
}
