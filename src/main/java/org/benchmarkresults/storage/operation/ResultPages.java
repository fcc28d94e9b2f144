package org.benchmarkresults.storage.operation;

import io.vertx.core.Future;
import java.util.Optional;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.SearchOutcome.Page;
import org.benchmarkresults.model.search.Sort;
import org.jspecify.annotations.Nullable;

/**
 * The results of a search page by page, newest received first, by the same addresses as lists. The
 * order of a result never changes, so pages neither repeat nor skip one while others are written.
 */
record ResultPages(Bus bus) {
  private static final int ROWS = 1_000;

  /**
   * Succeeds with a page, empty when finding it would take too long.
   *
   * @param after where the page before ended; null for the first
   */
  Future<Optional<Page>> page(ObservedSearch search, @Nullable PageKey after) {
    Search of = search.search();
    Search rows =
        new Search(
            of.stage(), of.deleted(), of.filter(), Sort.NEWEST_FIRST, after, ROWS, false, false);
    Future<SearchOutcome> outcome =
        search.isOfAll()
            ? bus.request(Addresses.SEARCH, rows)
            : bus.request(
                ObservationAddresses.SEARCH_OBSERVED,
                new ObservedSearch(rows, search.tasks(), search.metrics()));
    return outcome.map(
        found ->
            switch (found) {
              case Page page -> Optional.of(page);
              case SearchOutcome.TooCostly tooCostly -> Optional.empty();
            });
  }
}
