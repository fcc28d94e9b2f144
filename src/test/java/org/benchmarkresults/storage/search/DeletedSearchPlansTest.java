package org.benchmarkresults.storage.search;

import java.util.stream.Stream;
import org.benchmarkresults.storage.search.SearchPlansTest.Case;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans for deleted results, in every order and with every filter: none walks or sorts all. */
class DeletedSearchPlansTest {
  private static IndexedResults results;
  private static Searches deleted;

  @BeforeAll
  static void fill() {
    results = new IndexedResults();
    deleted = results.deletedSearches();
  }

  @AfterAll
  static void close() {
    if (results != null) {
      results.close();
    }
  }

  static Stream<Case> everySearch() {
    return SearchPlansTest.everySearch();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everySearch")
  void anIndexIsWalkedInOrderAndOnlyFewResultsAreSorted(Case asked) {
    SearchPlansTest.requireIndexes(asked, asked.search(true), deleted);
  }
}
