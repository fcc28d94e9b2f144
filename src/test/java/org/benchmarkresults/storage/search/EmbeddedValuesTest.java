package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.DistinctValue;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.ValueList;
import org.benchmarkresults.model.search.ValueQuery;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageOnEmbedded;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that the embedded database tells, against those that were sent. */
class EmbeddedValuesTest {
  private static final int RESULTS = 300;

  /** U+FFFD comes before an emoji by code points, and behind it by UTF-16 units. */
  private static final String[] MODELS = {
    "org/a",
    "org/b",
    "org",
    "org/",
    "a",
    "Z",
    "\uFFFD/x",
    "😀/x",
    "😀",
    "ä/ö",
    "org/\u0001",
    "",
    "日本/1"
  };

  @TempDir static Path folder;
  private static StorageOnEmbedded room;

  private static final SortedMap<String, Map<Stage, Integer>> COUNTS =
      new TreeMap<>(TextOrder.BY_CODE_POINTS);
  private static final SortedMap<String, Instant> LAST_SEEN =
      new TreeMap<>(TextOrder.BY_CODE_POINTS);

  @BeforeAll
  static void fill() {
    room = new StorageOnEmbedded(folder);
    Random random = new Random(20261127);
    for (int i = 0; i < RESULTS; i++) {
      String model = MODELS[random.nextInt(MODELS.length)];
      Stage stage = Stage.values()[random.nextInt(2)];
      Instant received = Results.NOON.plusSeconds(random.nextInt(10_000));
      Envelope envelope = new Envelope(Results.key("run-" + i), model, null, null, List.of());
      room.save(stage, received, envelope);
      COUNTS.computeIfAbsent(model, m -> new EnumMap<>(Stage.class)).merge(stage, 1, Integer::sum);
      LAST_SEEN.merge(model, received, (one, other) -> one.isAfter(other) ? one : other);
    }
    room.save(Stage.RAW, Results.NOON, Results.sparse("without"));
  }

  @AfterAll
  static void close() {
    room.close();
  }

  private static ValueList page(Field.Own member, String prefix, String after, int limit) {
    ValueQuery query = new ValueQuery(member, prefix, after, limit);
    return room.bus().request(Addresses.VALUES, query).await();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "'', 3",
    "'', 12",
    "'', 13",
    "'', 500",
    "org, 2",
    "org/, 50",
    "😀, 1",
    "none, 9"
  })
  void pagesTellEveryValueOnceInOrder(String prefix, int limit) {
    List<DistinctValue> found = new ArrayList<>();
    ValueList page = page(Field.Own.MODEL_ID, prefix, null, limit);
    found.addAll(page.values());
    while (page.more()) {
      assertEquals(limit, page.values().size());
      page = page(Field.Own.MODEL_ID, prefix, found.getLast().name(), limit);
      found.addAll(page.values());
    }

    assertEquals(
        COUNTS.keySet().stream().filter(name -> name.startsWith(prefix)).toList(),
        found.stream().map(DistinctValue::name).toList());
    for (DistinctValue value : found) {
      Map<Stage, Integer> counts = COUNTS.get(value.name());
      assertEquals(count(counts, Stage.RAW), value.rawInput(), value.name());
      assertEquals(count(counts, Stage.STANDARDIZED), value.standardizedOutput(), value.name());
      assertEquals(LAST_SEEN.get(value.name()), value.lastSeen(), value.name());
    }
  }

  private static ResultCount count(Map<Stage, Integer> counts, Stage stage) {
    return new ResultCount(counts.getOrDefault(stage, 0), true);
  }

  @Test
  void whatNoResultHasIsNoValue() {
    assertEquals(List.of(), page(Field.Own.SOURCE, "", null, 10).values());
    assertEquals(
        List.of("bench"),
        page(Field.Own.BENCHMARK_NAME, "", null, 10).values().stream()
            .map(DistinctValue::name)
            .toList());
  }
}
