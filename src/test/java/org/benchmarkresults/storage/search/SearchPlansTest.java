package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.query.FilterText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans that MongoDB makes of every order with every filter: none walks or sorts all. */
class SearchPlansTest {
  private static final int LIMIT = 100;

  /** More keys than rows are looked at where ranges are merged or begin: a few for each. */
  private static final int KEYS_A_ROW = 3;

  private static final int DEEP_PAGE = 50;

  private static final List<String> NO_FILTER = List.of("");

  /** Each named parameter with one value and with several, as the RSQL that means the same. */
  private static final List<String> FILTERS =
      Stream.concat(
              Stream.of(
                      "benchmark_name",
                      "model_id",
                      "tokenizer_id",
                      "source",
                      "run_id",
                      "extra.tasks")
                  .flatMap(
                      name ->
                          Stream.of(
                              name + "==common",
                              name + "==rare",
                              name + "=in=(common,rare)",
                              name + "=in=(rare,other0,other4)",
                              name + "=in=(" + numbered(50) + ")")),
              Stream.of(
                  "timestamp>=2026-04-22",
                  "timestamp<2026-04-22",
                  "timestamp>=2026-04-22;timestamp<2026-04-23",
                  "pk=prefix=name0",
                  "pk=prefix=name000",
                  "benchmark_name==common;model_id==common",
                  "benchmark_name==rare;model_id==rare",
                  "benchmark_name==common;model_id==rare",
                  "benchmark_name=in=(common,rare);model_id=in=(common,rare)",
                  "benchmark_name=in=(" + numbered(50) + ");model_id=in=(" + numbered(50) + ")",
                  "benchmark_name==common;timestamp>=2026-04-22",
                  "model_id==common;run_id==rare",
                  "tokenizer_id==common;source==common",
                  "benchmark_name==rare,model_id==common",
                  "benchmark_name==common,benchmark_name==rare",
                  "model_id==common,model_id==rare",
                  "timestamp<2026-04-22,timestamp>2026-04-23",
                  "benchmark_name==common;(model_id==rare,model_id==common)",
                  "benchmark_name!=common",
                  "model_id=exists=false",
                  "model_id=prefix=comm",
                  "labels.kind==common",
                  "labels.kind==rare",
                  "labels.kind=in=(common,rare)",
                  "labels.kind==common;model_id==common",
                  "labels.kind!=common",
                  "labels.kind=prefix=comm",
                  "labels.kind>a;labels.kind<=common",
                  "labels.none=exists=true",
                  "excluded=exists=true",
                  "excluded=exists=false",
                  "extra.seed==1.0",
                  "extra.seed=in=(1e0,2,4.0)",
                  "extra.seed=in=("
                      + IntStream.range(1, 51)
                          .mapToObj(i -> i + ".0")
                          .collect(Collectors.joining(","))
                      + ")",
                  "extra.seed>0;extra.seed<2"))
          .toList();

  private static IndexedResults results;
  private static Searches searches;

  @BeforeAll
  static void fill() {
    results = new IndexedResults();
    searches = results.searches();
  }

  @AfterAll
  static void close() {
    if (results != null) {
      results.close();
    }
  }

  /**
   * A search.
   *
   * @param place for the test's name
   */
  record Case(Sort sort, String filter, String place, PageKey after) {
    Search search() {
      return search(false);
    }

    Search search(boolean deleted) {
      Filter all =
          filter.isEmpty()
              ? Filter.everything()
              : new Filter.All(List.of(FilterText.parse(filter)));
      return new Search(Stage.RAW, deleted, all, sort, after, LIMIT, false);
    }

    @Override
    public String toString() {
      String shown = filter.length() > 60 ? filter.substring(0, 60) + "…" : filter;
      return sort + " " + place + " " + shown;
    }
  }

  static Stream<Case> everySearch() {
    return Stream.concat(NO_FILTER.stream(), FILTERS.stream())
        .flatMap(filter -> sorts().flatMap(sort -> marks(sort, filter)));
  }

  private static Stream<Sort> sorts() {
    return Stream.of(Sort.Key.values())
        .flatMap(key -> Stream.of(new Sort(key, false), new Sort(key, true)));
  }

  private static Stream<Case> marks(Sort sort, String filter) {
    PageKey middle =
        new PageKey(
            sort.key() == Sort.Key.TIMESTAMP ? IndexedResults.NOON.plusSeconds(600_000) : null,
            switch (sort.key()) {
              case BENCHMARK_NAME, MODEL_ID -> "common";
              default -> null;
            },
            IndexedResults.NOON.plusMillis(3_000),
            "name10000");
    PageKey missing = new PageKey(null, null, middle.receivedAt(), middle.id());
    boolean mayBeMissing = sort.key() == Sort.Key.TIMESTAMP || sort.key() == Sort.Key.MODEL_ID;
    return Stream.of(
            new Case(sort, filter, "first page", null),
            new Case(sort, filter, "behind", middle),
            new Case(sort, filter, "behind missing", missing))
        .filter(c -> mayBeMissing || c.after != missing);
  }

  private static String numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "other" + i).collect(Collectors.joining(","));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everySearch")
  void anIndexIsWalkedInOrderAndOnlyFewResultsAreSorted(Case asked) {
    requireIndexes(asked, asked.search(), searches);
  }

  static void requireIndexes(Case asked, Search search, Searches searches) {
    String inOrder = IndexChoice.of(search.filter(), search.sort(), search.deleted()).inOrder();
    String chosen = searches.index(search).await();

    SearchPlan walk = SearchPlan.of(searches, search, inOrder);

    assertFalse(walk.stages().contains("COLLSCAN"), () -> asked + ": " + walk);
    assertFalse(walk.stages().contains("SORT"), () -> asked + ": " + walk);
    assertEquals(List.of(inOrder), walk.indexes(), () -> asked + ": " + walk);
    if (!chosen.equals(inOrder)) {
      SearchPlan few = SearchPlan.of(searches, search, chosen);
      assertFalse(few.stages().contains("COLLSCAN"), () -> asked + ": " + few);
      assertEquals(List.of(chosen), few.indexes(), () -> asked + ": " + few);
      assertTrue(few.documentsExamined() <= Searches.FEW, () -> asked + ": " + few);
    }
  }

  static Stream<Case> deepSearches() {
    return Stream.of(
            "",
            "benchmark_name==common",
            "model_id==common",
            "benchmark_name=in=(common,rare)",
            "model_id=in=(common,rare)",
            "benchmark_name==common;model_id==common",
            "run_id==common",
            "tokenizer_id==common",
            "source=in=(common,rare)",
            "extra.tasks==common",
            "extra.seed==1.0",
            "timestamp>=2000-01-01")
        .flatMap(filter -> sorts().map(sort -> new Case(sort, filter, "deep page", null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deepSearches")
  void theFiftiethPageCostsWhatTheFirstDoes(Case asked) {
    Search first = asked.search();
    Search before = first.from(null, (DEEP_PAGE - 1) * LIMIT);
    SearchOutcome.Page pages = (SearchOutcome.Page) searches.page(before).await();
    Search fiftieth = first.from(pages.next(), LIMIT);

    SearchPlan plan = SearchPlan.of(searches, fiftieth, searches.index(fiftieth).await());

    assertEquals(LIMIT + 1, plan.returned(), () -> asked + ": " + plan);
    assertTrue(plan.keysExamined() <= LIMIT * KEYS_A_ROW, () -> asked + ": " + plan);
    assertTrue(plan.documentsExamined() <= LIMIT * KEYS_A_ROW, () -> asked + ": " + plan);
  }
}
