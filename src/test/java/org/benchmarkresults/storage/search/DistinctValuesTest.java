package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ExplainVerbosity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.DistinctValue;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.ValueList;
import org.benchmarkresults.model.search.ValueQuery;
import org.benchmarkresults.storage.Plans;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageOnMongod;
import org.benchmarkresults.storage.index.Indexes;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Values with one result and values with thousands, among each other, on a real MongoDB. */
class DistinctValuesTest {
  private static final Instant NOON = Results.NOON;
  private static final int BOUND = 2_000;

  /** How many results the values have, in turn: so that steps become longer and shorter. */
  private static final int[] COUNTS = {
    1, 2_000, 3, 1, 1, 900, 2_001, 1, 40, 128, 1_000, 1, 5_000, 2
  };

  private static final SortedMap<String, Map<Stage, Integer>> EXPECTED =
      new TreeMap<>(TextOrder.BY_CODE_POINTS);
  private static StorageOnMongod room;
  private static DistinctValues values;

  @BeforeAll
  static void fill() {
    room = new StorageOnMongod();
    values = DistinctValues.of(room.clients(), room.collections(), true, BOUND);
    Random random = new Random(20260421);
    for (Stage stage : Stage.values()) {
      List<Document> documents = new ArrayList<>();
      for (int value = 0; value < 60; value++) {
        int count = COUNTS[(value + stage.ordinal() * 3) % COUNTS.length];
        if (random.nextInt(4) > 0) {
          addValue(stage, name(value), count, documents);
        }
      }
      for (int value = 0; value < 1_500; value++) {
        addValue(stage, "rare/" + random.nextInt(2_000), 1, documents);
      }
      addValue(stage, null, 50, documents);
      room.fill(stage, documents);
    }
  }

  private static String name(int value) {
    return (value % 2 == 0 ? "common/" : "😀/") + value;
  }

  private static void addValue(Stage stage, String name, int count, List<Document> documents) {
    for (int i = 0; i < count; i++) {
      documents.add(
          new Document("_id", "result " + documents.size())
              .append("model_id", name)
              .append("first_received_at", Date.from(NOON.plusSeconds(documents.size()))));
    }
    if (name != null) {
      EXPECTED
          .computeIfAbsent(name, n -> new EnumMap<>(Stage.class))
          .merge(stage, count, Integer::sum);
    }
  }

  @AfterAll
  static void close() {
    if (room != null) {
      room.close();
    }
  }

  private static ValueList page(String prefix, String after, int limit) {
    ValueQuery query = new ValueQuery(Field.Own.MODEL_ID, prefix, after, limit);
    return room.await(() -> values.page(query));
  }

  private static ResultCount expected(Map<Stage, Integer> stages, Stage stage) {
    return ResultCount.upTo(stages.getOrDefault(stage, 0), BOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 7",
    "'', 50",
    "'', 333",
    "'', 1000",
    "'', 3000",
    "common/, 1",
    "common/, 3",
    "common/, 1000",
    "rare/1, 10",
    "rare/, 1000",
    "😀, 4",
    "nothing, 5"
  })
  void pagesAreWhatCountingAllByHandGives(String prefix, int limit) {
    List<DistinctValue> found = new ArrayList<>();
    ValueList page = page(prefix, null, limit);
    found.addAll(page.values());
    while (page.more()) {
      assertEquals(limit, page.values().size());
      page = page(prefix, found.getLast().name(), limit);
      found.addAll(page.values());
    }

    List<String> expected =
        EXPECTED.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    assertEquals(expected, found.stream().map(DistinctValue::name).toList());
    for (DistinctValue value : found) {
      Map<Stage, Integer> stages = EXPECTED.get(value.name());
      assertEquals(expected(stages, Stage.RAW), value.rawInput(), value::toString);
      assertEquals(
          expected(stages, Stage.STANDARDIZED), value.standardizedOutput(), value::toString);
    }
  }

  @Test
  void chosenValuesAreCountedAsAmongAll() {
    List<String> chosen = new ArrayList<>(EXPECTED.keySet());
    chosen.removeIf(name -> name.startsWith("rare/1"));
    Collections.shuffle(chosen, new Random(1));
    List<String> asked = new ArrayList<>(chosen);
    asked.addAll(List.of("", "nothing", "common"));

    ValueList page = room.await(() -> values.page(ValueQuery.only(Field.Own.MODEL_ID, asked)));

    Set<String> wanted = Set.copyOf(chosen);
    assertEquals(
        page("", null, 3_000).values().stream()
            .filter(value -> wanted.contains(value.name()))
            .toList(),
        page.values());
    assertFalse(page.more());
  }

  @Test
  void chosenValuesAreFoundByTheKeysOfOneIndexInItsOrder() {
    ValueWalk walk = new ValueWalk(room.clients().raw(room.collections().results(Stage.RAW)));
    ValueQuery query =
        ValueQuery.only(Field.Own.MODEL_ID, List.of("rare/7", "common/0", "nothing", "😀/3"));

    Document plan =
        Driver.await(walk.step(query, null, 1_000).explain(ExplainVerbosity.EXECUTION_STATS))
            .get(0);

    Set<String> stages = Plans.stages(plan);
    assertFalse(stages.contains("COLLSCAN") || stages.contains("SORT"), plan::toJson);
    assertTrue(
        plan.getList("stages", Document.class, List.of()).stream()
            .noneMatch(stage -> stage.containsKey("$sort")),
        plan::toJson);
    assertEquals(0, Plans.documents(plan), plan::toJson);
    assertTrue(Plans.keys(plan) <= 1_010, plan::toJson);
  }

  @Test
  void countsStopAtTheBoundAndSaySo() {
    List<DistinctValue> all = page("", null, 3_000).values();

    assertTrue(all.stream().anyMatch(v -> v.rawInput().equals(new ResultCount(BOUND, true))));
    assertTrue(all.stream().anyMatch(v -> v.rawInput().equals(new ResultCount(BOUND, false))));
    assertTrue(all.stream().allMatch(v -> v.rawInput().count() <= BOUND));
  }

  @Test
  void whatArrivesIsCountedAtOnceHoweverMuchThereIs() {
    List<Document> many = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      many.add(arriving(i));
    }
    room.fill(Stage.RAW, many);
    ValueQuery query = new ValueQuery(Field.Own.SOURCE, "", null, 10);
    room.await(() -> values.page(query));
    room.fill(Stage.RAW, List.of(arriving(1_500)));

    DistinctValue value = room.await(() -> values.page(query)).values().get(0);

    assertEquals(new ResultCount(1_501, true), value.rawInput());
    assertEquals(NOON.plusSeconds(1_500), value.lastSeen());
  }

  private static Document arriving(int number) {
    return new Document("_id", "arriving " + number)
        .append("source", "arriving")
        .append("first_received_at", Date.from(NOON.plusSeconds(number)));
  }

  @Test
  void theNewestResultIsLastSeenHoweverManyThereAre() {
    for (DistinctValue value : page("common/", null, 1_000).values()) {
      Instant newest =
          List.of(Stage.values()).stream()
              .flatMap(stage -> newest(stage, value.name()).stream())
              .max(Instant::compareTo)
              .orElseThrow();
      assertEquals(newest, value.lastSeen());
    }
  }

  private static List<Instant> newest(Stage stage, String name) {
    return Driver.await(
            room.clients()
                .raw(room.collections().results(stage))
                .find(new Document("model_id", name))
                .sort(new Document("first_received_at", -1))
                .limit(1))
        .stream()
        .map(found -> Instant.ofEpochMilli(found.getDateTime("first_received_at").getValue()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Field.Own.class,
      names = {"BENCHMARK_NAME", "MODEL_ID", "SOURCE"})
  void stepsAreAnsweredByTheKeysOfOneIndexInItsOrder(Field.Own member) {
    ValueWalk walk = new ValueWalk(room.clients().raw(room.collections().results(Stage.RAW)));
    for (String after : new String[] {null, "common/2"}) {
      for (String prefix : List.of("", "common/")) {
        ValueQuery query = new ValueQuery(member, prefix, after, 10);

        Document plan =
            Driver.await(walk.step(query, after, 1_000).explain(ExplainVerbosity.EXECUTION_STATS))
                .get(0);

        Set<String> stages = Plans.stages(plan);
        assertFalse(stages.contains("COLLSCAN"), plan::toJson);
        assertFalse(stages.contains("SORT") || stages.contains("sort"), plan::toJson);
        assertTrue(
            plan.getList("stages", Document.class, List.of()).stream()
                .noneMatch(stage -> stage.containsKey("$sort")),
            plan::toJson);
        assertEquals(0, Plans.documents(plan), plan::toJson);
        assertTrue(Plans.keys(plan) <= 1_001, plan::toJson);
        assertTrue(stages.contains("IXSCAN"), plan::toJson);
      }
    }
  }

  @Test
  void countsAreAnsweredByTheKeysOfOneIndex() {
    Document count =
        Document.parse(
            BoundedCount.command(
                    room.collections().results(Stage.RAW),
                    new Document("model_id", "common/0").toBsonDocument(),
                    Indexes.MODEL_RECEIVED,
                    BOUND)
                .toJson());
    count.remove("readConcern");

    Document plan =
        Driver.await(
                room.clients()
                    .database()
                    .runCommand(
                        new Document("explain", count).append("verbosity", "executionStats")))
            .get(0);

    assertEquals(Set.of("COUNT", "COUNT_SCAN"), Plans.stages(plan));
  }
}
