package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome.Page;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.storage.InMemory;
import org.benchmarkresults.storage.Questions;

/** For random results and searches, the pages together equal a plain list. */
abstract class SearchProperties {
  private static final String SEED = "20261125";

  /**
   * A search over some results.
   *
   * @param limit of each page
   */
  record Question(Filter filter, Sort sort, int limit) {
    Search search() {
      return new Search(Stage.RAW, false, filter, sort, null, limit, false);
    }
  }

  /** The database, shared by all tries. */
  abstract StoredSummaries stored();

  /** How the database orders texts. */
  abstract Comparator<String> texts();

  @Provide
  Arbitrary<List<ResultSummary>> results() {
    return Questions.results();
  }

  @Provide
  Arbitrary<List<Question>> questions() {
    return Combinators.combine(
            Questions.filters(), Questions.sorts(), Arbitraries.integers().between(1, 9))
        .as(Question::new)
        .list()
        .ofSize(12);
  }

  @Property(tries = 60, seed = SEED)
  void pagesOneAfterTheOtherAreTheWholeListInOrder(
      @ForAll("results") List<ResultSummary> results,
      @ForAll("questions") List<Question> questions) {
    stored().replaceBy(results);
    InMemory memory = new InMemory(texts());

    for (Question question : questions) {
      List<String> expected = memory.names(results, question.filter, question.sort);
      Statistics.label("meant")
          .collect(expected.isEmpty() ? "none" : expected.size() < results.size() ? "some" : "all")
          .coverage(
              coverage -> {
                coverage.check("some").percentage(share -> share > 10);
                coverage.check("all").percentage(share -> share > 5);
              });
      Search search = question.search();
      String chosen = stored().searches().index(search).await();
      String inOrder = IndexChoice.of(search.filter(), search.sort(), search.deleted()).inOrder();

      assertEquals(expected, walked(search, chosen), question::toString);
      assertEquals(expected, walked(search, inOrder), question::toString);
      assertEquals(
          new ResultCount(expected.size(), true),
          stored().searches().count(search).await(),
          question::toString);
    }
  }

  /** The names of the rows of all pages. */
  private List<String> walked(Search search, String index) {
    List<String> names = new ArrayList<>();
    PageKey after = null;
    do {
      Page page =
          (Page) stored().searches().page(search.from(after, search.limit()), index).await();
      assertTrue(page.rows().size() <= search.limit(), page::toString);
      page.rows().forEach(row -> names.add(row.summary().resultName()));
      after = page.next();
    } while (after != null);
    return names;
  }
}
