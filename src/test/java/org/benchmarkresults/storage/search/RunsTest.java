package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ExplainVerbosity;
import com.mongodb.reactivestreams.client.FindPublisher;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.RunPage;
import org.benchmarkresults.model.search.RunPage.Pair;
import org.benchmarkresults.model.search.RunQuery;
import org.benchmarkresults.storage.Plans;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageOnMongod;
import org.benchmarkresults.storage.index.Indexes;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose id is used again and again, on a real MongoDB. */
class RunsTest {
  private static final int RESULTS = 300;
  private static final String RUN = "reused";
  private static StorageOnMongod room;

  @BeforeAll
  static void fill() {
    room = new StorageOnMongod();
    for (Stage stage : Stage.values()) {
      room.fill(
          stage,
          IntStream.range(0, RESULTS)
              .filter(number -> isIn(stage, number))
              .mapToObj(number -> document(number, number % 3 == 0 ? "another" : RUN))
              .toList());
    }
  }

  private static boolean isIn(Stage stage, int number) {
    return stage == Stage.RAW ? number % 5 != 0 : number % 7 != 0;
  }

  /** The order of receipt is not that of the names. */
  private static Document document(int number, String run) {
    Date received = Date.from(Results.NOON.plusSeconds(number * 7919L % RESULTS));
    return new Document("_id", name(number))
        .append("timestamp", "t")
        .append("benchmark_name", "b")
        .append("run_id", run)
        .append("received_at", received)
        .append("first_received_at", received)
        .append("version", 1)
        .append("digest", "sha256:" + "0".repeat(64))
        .append("size", 1L);
  }

  private static String name(int number) {
    return "result %03d".formatted(number);
  }

  private static List<String> expected() {
    return IntStream.range(0, RESULTS)
        .filter(number -> number % 3 != 0)
        .filter(number -> isIn(Stage.RAW, number) || isIn(Stage.STANDARDIZED, number))
        .mapToObj(RunsTest::name)
        .toList();
  }

  @AfterAll
  static void close() {
    if (room != null) {
      room.close();
    }
  }

  /** The last column makes the names be picked out of all, or walked to past another run's. */
  @ParameterizedTest
  @CsvSource({"1, 1000", "7, 1000", "7, 10", "50, 0", "199, 0", "1000, 1000", "1000, 0"})
  void pagesTogetherAreTheWholeWhicheverWayTheyAreFound(int limit, int few) {
    Runs runs = Runs.of(room.clients(), room.collections(), true, few);
    List<Pair> pairs = new ArrayList<>();
    String after = null;

    do {
      RunQuery query = new RunQuery(RUN, after, limit, false);
      RunPage page = room.await(() -> runs.page(query));
      pairs.addAll(page.pairs());
      after = page.next();
    } while (after != null);

    assertEquals(expected(), pairs.stream().map(Pair::resultName).toList());
    for (Pair pair : pairs) {
      int number = Integer.parseInt(pair.resultName().substring("result ".length()));
      assertEquals(isIn(Stage.RAW, number), pair.rawInput() != null, pair::toString);
      assertEquals(
          isIn(Stage.STANDARDIZED, number), pair.standardizedOutput() != null, pair::toString);
    }
  }

  @Test
  void aRunWithoutResultsIsAnEmptyPage() {
    Runs runs = Runs.of(room.clients(), room.collections(), true, 0);

    RunPage page = room.await(() -> runs.page(new RunQuery("nothing", null, 10, true)));

    assertEquals(List.of(), page.pairs());
    assertNull(page.next());
  }

  @Test
  void namesAreFoundByAnIndexAndOrderedOnlyWhereTheyAreFew() {
    RunKeys keys = keys();
    RunQuery query = new RunQuery(RUN, name(100), 10, false);

    Document any = plan(keys.any(query));
    Document few = plan(keys.inOrder(query, Indexes.RUN));
    Document many = plan(keys.inOrder(query, Indexes.ID));

    for (Document plan : List.of(any, few, many)) {
      assertFalse(Plans.stages(plan).contains("COLLSCAN"), plan::toJson);
      assertTrue(Plans.stages(plan).contains("IXSCAN"), plan::toJson);
    }
    assertEquals(0, Plans.documents(any), any::toJson);
    assertEquals(0, Plans.documents(few), few::toJson);
    assertEquals(
        List.of(false, false),
        List.of(any, many).stream().map(plan -> Plans.stages(plan).contains("SORT")).toList());
    // Eleven of this run's names, past those of the other run.
    assertTrue(Plans.documents(many) < 20, many::toJson);
  }

  private static RunKeys keys() {
    String collection = room.collections().results(Stage.RAW);
    return new RunKeys(
        room.clients().raw(collection),
        new BoundedCount(room.clients().database(), collection),
        true,
        RunKeys.FEW);
  }

  private static Document plan(FindPublisher<RawBsonDocument> find) {
    return Driver.await(find.explain(ExplainVerbosity.EXECUTION_STATS)).get(0);
  }
}
