package org.benchmarkresults.storage.observation.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.model.observation.ObservedValueQuery;
import org.benchmarkresults.model.observation.ObservedValueQuery.Member;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.DistinctValue;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.ValueList;
import org.benchmarkresults.storage.StorageModule;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The names of tasks and metrics that the database lists, against those that were written. */
@OnDatabases
class ObservedValuesTest {
  /** U+FFFD comes before an emoji by code points, and behind it by UTF-16 units. */
  private static final List<String> NAMES =
      List.of(
          "",
          " ",
          "1024/128",
          "A",
          "arc",
          "arc_easy",
          "gsm8k",
          "mmlu",
          "mmlu_anatomy",
          "ä",
          "\uFFFD/x",
          "😀/x");

  private static final int RESULTS = 200;

  @RegisterExtension final StorageModule storage;

  private final SortedMap<String, Map<Stage, Integer>> counts =
      new TreeMap<>(TextOrder.BY_CODE_POINTS);
  private final Map<String, Instant> lastSeen = new TreeMap<>();

  ObservedValuesTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  @BeforeEach
  void fill() {
    Random random = new Random(20261128);
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < RESULTS; i++) {
      Stage stage = Stage.values()[random.nextInt(2)];
      Instant received = Instant.parse("2026-11-01T00:00:00Z").plusSeconds(random.nextInt(99_999));
      List<String> tasks =
          NAMES.stream().filter(name -> random.nextInt(3) == 0).map(name -> name).toList();
      tasks.forEach(
          task -> {
            counts
                .computeIfAbsent(task, first -> new EnumMap<>(Stage.class))
                .merge(stage, 1, Integer::sum);
            lastSeen.merge(task, received, (one, other) -> one.isAfter(other) ? one : other);
          });
      String letter = stage == Stage.RAW ? "r" : "s";
      documents.add(
          new Document("_id", letter + "result-" + i)
              .append("s", letter)
              .append("state", "derived")
              .append("t", tasks)
              .append("m", List.of("exact_match"))
              .append("fr", Date.from(received)));
    }
    var unused =
        storage.byHand(
            database -> Driver.await(database.getCollection("derivations").insertMany(documents)));
  }

  private ValueList page(Member member, String prefix, String after, int limit) {
    return storage
        .request(
            ObservationAddresses.OBSERVED_VALUES,
            new ObservedValueQuery(member, prefix, after, limit))
        .await();
  }

  private List<DistinctValue> pages(String prefix, int limit) {
    ValueList page = page(Member.TASK, prefix, null, limit);
    List<DistinctValue> found = new ArrayList<>(page.values());
    while (page.more()) {
      assertEquals(limit, page.values().size());
      page = page(Member.TASK, prefix, found.getLast().name(), limit);
      found.addAll(page.values());
    }
    return found;
  }

  @Test
  void pagesTellEveryTaskOnceInOrderWithItsResults() {
    for (int limit : new int[] {1, 5, 11, 12, 500}) {
      List<DistinctValue> found = pages("", limit);

      assertEquals(List.copyOf(counts.keySet()), found.stream().map(DistinctValue::name).toList());
      for (DistinctValue task : found) {
        assertEquals(count(task, Stage.RAW), task.rawInput(), task.name());
        assertEquals(count(task, Stage.STANDARDIZED), task.standardizedOutput(), task.name());
        assertEquals(lastSeen.get(task.name()), task.lastSeen(), task.name());
      }
    }
  }

  private ResultCount count(DistinctValue task, Stage stage) {
    return new ResultCount(counts.get(task.name()).getOrDefault(stage, 0), true);
  }

  @Test
  void aPrefixIsTakenLetterByLetter() {
    for (String prefix : Stream.concat(NAMES.stream(), Stream.of("mm", "gsm8k_", "z")).toList()) {
      assertEquals(
          counts.keySet().stream().filter(name -> name.startsWith(prefix)).toList(),
          pages(prefix, 2).stream().map(DistinctValue::name).toList(),
          prefix);
    }
  }

  @Test
  void metricsAreCountedByResult() {
    ValueList page = page(Member.METRIC, "", null, 10);

    assertFalse(page.more());
    DistinctValue metric = page.values().getFirst();
    assertEquals("exact_match", metric.name());
    assertEquals(RESULTS, metric.rawInput().count() + metric.standardizedOutput().count());
  }
}
