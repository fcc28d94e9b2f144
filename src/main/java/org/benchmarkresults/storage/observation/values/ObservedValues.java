package org.benchmarkresults.storage.observation.values;

import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.observation.ObservedValueQuery;
import org.benchmarkresults.model.observation.ObservedValueQuery.Member;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.DistinctValue;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.ValueList;
import org.benchmarkresults.storage.index.IndexKeeper;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.benchmarkresults.storage.observation.ObservationId;
import org.benchmarkresults.storage.search.BoundedCount;
import org.benchmarkresults.storage.search.DistinctValues;
import org.benchmarkresults.storage.search.RecentCounts;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The tasks or metrics of the observations of both stages, with how many results have each.
 * Confined to one event loop.
 */
public final class ObservedValues {
  /** Counts under way at once for one request. */
  private static final int LANES = 4;

  private final BiFunction<Stage, ObservedValueQuery, Future<List<ObservedName>>> names;
  private final Map<Stage, NameWalk> walks = new EnumMap<>(Stage.class);
  private final BoundedCount counts;
  private final RecentCounts<Counted> recent = new RecentCounts<>();

  /** The counted name, and the newest result that had it. */
  private record Counted(Stage stage, Member member, String name, Instant lastSeen) {}

  private ObservedValues(OpenDatabase database) {
    String collection = database.collections().derivations();
    MongoCollection<RawBsonDocument> derivations = database.clients().reading(collection);
    counts = new BoundedCount(database.clients().database(), collection);
    Map<Stage, EmbeddedNames> scans = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      String letter = ObservationId.ofResult(stage, "");
      walks.put(stage, new NameWalk(derivations, letter));
      scans.put(stage, new EmbeddedNames(derivations, letter));
    }
    names =
        database.isIndexed()
            ? (stage, query) -> Objects.requireNonNull(walks.get(stage)).names(query)
            : (stage, query) -> Objects.requireNonNull(scans.get(stage)).names(query);
  }

  /** Serves the lists of tasks and metrics on the bus. */
  public static void serve(Bus bus, OpenDatabase database, IndexKeeper indexes) {
    ObservedValues values = new ObservedValues(database);
    bus.serve(ObservationAddresses.OBSERVED_VALUES, indexes.onceIndexed(values::page));
  }

  /** Succeeds with a page of names; fails with {@link Unavailable}. */
  private Future<ValueList> page(ObservedValueQuery query) {
    Map<Stage, Future<List<ObservedName>>> stages = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      stages.put(stage, names.apply(stage, query));
    }
    return Future.all(List.copyOf(stages.values())).compose(all -> counted(query, merged(stages)));
  }

  /** Each stage gave one name more than the limit, so that none of the page is missing. */
  private static SortedMap<String, Map<Stage, ObservedName>> merged(
      Map<Stage, Future<List<ObservedName>>> stages) {
    SortedMap<String, Map<Stage, ObservedName>> merged = new TreeMap<>(TextOrder.BY_CODE_POINTS);
    stages.forEach(
        (stage, found) ->
            found
                .result()
                .forEach(
                    name ->
                        merged
                            .computeIfAbsent(name.name(), first -> new EnumMap<>(Stage.class))
                            .put(stage, name)));
    return merged;
  }

  private Future<ValueList> counted(
      ObservedValueQuery query, SortedMap<String, Map<Stage, ObservedName>> merged) {
    boolean more = merged.size() > query.limit();
    List<Map<Stage, ObservedName>> page = merged.values().stream().limit(query.limit()).toList();
    List<Map.Entry<Stage, ObservedName>> open = new ArrayList<>();
    for (Map<Stage, ObservedName> name : page) {
      name.entrySet().stream().filter(one -> one.getValue().count() == null).forEach(open::add);
    }
    List<Future<Void>> lanes =
        IntStream.range(0, LANES).mapToObj(lane -> count(query.member(), open, lane)).toList();
    return Future.all(lanes)
        .map(all -> new ValueList(page.stream().map(ObservedValues::value).toList(), more));
  }

  /** Counts every fourth of the open names, one after the other. */
  private Future<Void> count(Member member, List<Map.Entry<Stage, ObservedName>> open, int number) {
    if (number >= open.size()) {
      return Future.succeededFuture();
    }
    Map.Entry<Stage, ObservedName> one = open.get(number);
    ObservedName name = one.getValue();
    Counted key = new Counted(one.getKey(), member, name.name(), name.lastSeen());
    return recent
        .of(key, () -> count(key))
        .compose(
            count -> {
              one.setValue(new ObservedName(name.name(), name.lastSeen(), count));
              return count(member, open, number + LANES);
            });
  }

  private Future<Long> count(Counted key) {
    return counts.of(
        Objects.requireNonNull(walks.get(key.stage())).results(key.member(), key.name()),
        NameWalk.index(key.member()),
        DistinctValues.MOST_COUNTED + 1);
  }

  private static DistinctValue value(Map<Stage, ObservedName> stages) {
    ObservedName newest =
        stages.values().stream()
            .reduce((one, other) -> other.lastSeen().isAfter(one.lastSeen()) ? other : one)
            .orElseThrow();
    return new DistinctValue(
        newest.name(),
        count(stages.get(Stage.RAW)),
        count(stages.get(Stage.STANDARDIZED)),
        newest.lastSeen());
  }

  private static ResultCount count(@Nullable ObservedName name) {
    return name == null || name.count() == null
        ? new ResultCount(0, true)
        : ResultCount.upTo(name.count(), DistinctValues.MOST_COUNTED);
  }
}
