package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ResultOutline;
import org.benchmarkresults.model.search.ResultPage;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of results, page by page. */
@OnDatabases
class ResultListTest {
  @RegisterExtension final StorageModule storage;

  ResultListTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  @Test
  void aListOfNothingIsOneEmptyPage() {
    assertEquals(new ResultPage(List.of(), null), storage.list(null, 10));
    assertEquals(new ResultOutline(List.of(), null), storage.outline(null, 10));
  }

  @Test
  void theFirstReceivedComesLast() {
    storage.save(Results.at(Results.NOON.plusMillis(1), "middle", "1"));
    storage.save(Results.at(Results.NOON, "oldest", "1"));
    storage.save(Results.at(Results.NOON.plusMillis(2), "newest", "1"));

    ResultPage page = storage.list(null, 10);

    assertEquals(List.of("newest", "middle", "oldest"), runIds(page));
    assertNull(page.next());
  }

  @Test
  void aNewVersionDoesNotMoveItsResult() {
    storage.save(Results.at(Results.NOON, "older", "1"));
    storage.save(Results.at(Results.NOON.plusMillis(1), "newer", "1"));

    storage.save(Results.at(Results.NOON.plusMillis(2), "older", "2"));

    ResultPage page = storage.list(null, 10);
    assertEquals(List.of("newer", "older"), runIds(page));
    assertEquals(2, page.rows().get(1).version());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 10, 11})
  void pagesNeitherRepeatNorSkip(int limit) {
    // Three at a time in the same millisecond, so that pages end between equal moments too.
    IntStream.range(0, 10)
        .forEach(i -> storage.save(Results.at(Results.NOON.plusMillis(i / 3), "run" + i, "1")));

    List<ResultPage> pages = allPages(limit);

    assertEquals(
        List.of("run9", "run8", "run7", "run6", "run5", "run4", "run3", "run2", "run1", "run0"),
        pages.stream().flatMap(page -> runIds(page).stream()).toList());
    assertEquals((10 + limit - 1) / limit, pages.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 10, 11})
  void anOutlineNamesTheRowsOfItsPage(int limit) {
    IntStream.range(0, 10)
        .forEach(i -> storage.save(Results.at(Results.NOON.plusMillis(i / 3), "run" + i, "1")));
    storage.save(Results.of("run5", "2"));

    PageKey after = null;
    do {
      ResultOutline outline = storage.outline(after, limit);

      ResultPage page = storage.list(after, limit);

      assertEquals(page.rows().stream().map(ResultSummary::ref).toList(), outline.rows());
      assertEquals(page.next(), outline.next());
      after = outline.next();
    } while (after != null);
  }

  @Test
  void whatIsSavedBetweenPagesDoesNotDisturbThem() {
    storage.save(Results.at(Results.NOON, "first", "1"));
    storage.save(Results.at(Results.NOON.plusMillis(1), "second", "1"));
    ResultPage page = storage.list(null, 1);
    storage.save(Results.at(Results.NOON.plusMillis(2), "third", "1"));
    storage.save(Results.at(Results.NOON.plusMillis(3), "second", "2"));

    ResultPage next = storage.list(page.next(), 10);

    assertEquals(List.of("second"), runIds(page));
    assertEquals(List.of("first"), runIds(next));
  }

  @Test
  void rowsHoldTheWholeEnvelope() {
    ExtraField tasks = new ExtraField("tasks", RawJson.of("[\"aime24\", 1.10]"));
    Envelope envelope = Results.sparse("run", tasks);
    storage.save(Results.of(envelope, "{\"acc\":1}"));

    ResultSummary row = storage.list(null, 1).rows().get(0);

    assertEquals(storage.found(envelope.key().resultName(), null).summary(), row);
    assertEquals(envelope, row.envelope());
  }

  @Test
  void aPageOfLargeRowsEndsEarlyAndGoesOn() {
    // A page of rows of 200 KiB must not grow to thousands of them in memory.
    RawJson wide = RawJson.of('"' + "x".repeat(200 << 10) + '"');
    IntStream.range(0, 30)
        .forEach(
            i ->
                storage.save(
                    Results.of(
                        Results.sparse("run%02d".formatted(i), new ExtraField("wide", wide)),
                        "1")));

    List<ResultPage> pages = allPages(1_000);

    assertTrue(pages.size() > 1, () -> pages.size() + " page");
    assertEquals(30, pages.stream().mapToInt(page -> page.rows().size()).sum());
    assertEquals(30, pages.stream().flatMap(page -> runIds(page).stream()).distinct().count());
  }

  private List<ResultPage> allPages(int limit) {
    List<ResultPage> pages = new ArrayList<>();
    PageKey after = null;
    do {
      ResultPage page = storage.list(after, limit);
      pages.add(page);
      after = page.next();
    } while (after != null);
    return pages;
  }

  private static List<String> runIds(ResultPage page) {
    Stream<ResultSummary> rows = page.rows().stream();
    return rows.map(row -> row.envelope().key().runId()).toList();
  }
}
