package org.benchmarkresults.storage.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.VersionId;
import org.jspecify.annotations.Nullable;

/**
 * Merges what was found among newest and earlier versions into one page.
 *
 * <p>Not every copy is a row: copies of deleted results are kept for their restoration, a version
 * may have been copied twice, and one that is still the newest once too early.
 *
 * @param live the results that earlier versions are of, as they stand now, by name
 */
record VersionPage(Search search, Map<String, StoredResult> live) {
  SearchOutcome.Page of(Searches.Found newest, Searches.Found earlier) {
    SearchOrder sorted = new SearchOrder(search.sort(), SearchOrder.Rows.NEWEST_VERSIONS);
    Comparator<StoredResult> order = sorted.comparator();
    List<StoredResult> merged =
        Stream.concat(newest.rows().stream(), earlier.rows().stream().filter(this::isEarlier))
            .sorted(order)
            .filter(new NoneTwice()::isNext)
            .toList();
    StoredResult end = end(newest, earlier, order);
    List<StoredResult> known =
        end == null ? merged : merged.stream().filter(row -> order.compare(row, end) <= 0).toList();
    List<StoredResult> page = known.stream().limit(search.limit()).toList();
    StoredResult last = page.size() < known.size() ? page.get(page.size() - 1) : end;
    PageKey next = last == null ? null : sorted.key(last);
    return new SearchOutcome.Page(page.stream().map(this::row).toList(), next);
  }

  /** Behind this row it is not known what comes; null when all is known. */
  private static @Nullable StoredResult end(
      Searches.Found newest, Searches.Found earlier, Comparator<StoredResult> order) {
    return Stream.of(newest, earlier)
        .filter(Searches.Found::more)
        .map(found -> found.rows().get(found.rows().size() - 1))
        .min(order)
        .orElse(null);
  }

  private boolean isEarlier(StoredResult copy) {
    StoredResult result = live.get(copy.summary().resultName());
    int version = copy.summary().version();
    return result != null
        && version < result.summary().version()
        && result.lineage().holds(copy.lineage(), version);
  }

  private Row row(StoredResult version) {
    StoredResult result = live.get(version.summary().resultName());
    return new Row(
        version.summary(),
        search.withData() ? version.data() : null,
        null,
        result == null ? version.summary().version() : result.summary().version());
  }

  /** The same version of a result once; of two that are equal in the order. */
  private static final class NoneTwice {
    private final List<String> seen = new ArrayList<>();

    boolean isNext(StoredResult row) {
      String id = VersionId.of(row.summary());
      boolean next = seen.isEmpty() || !Objects.equals(seen.get(0), id);
      seen.clear();
      seen.add(id);
      return next;
    }
  }
}
