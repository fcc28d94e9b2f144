package org.benchmarkresults.storage.observation.search;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.search.SearchOrder;
import org.benchmarkresults.storage.search.Searches;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Finds results of one stage by the tasks and metrics that were observed in them, and their
 * headlines. In the order of receipt the derivations are walked by their own index; in other orders
 * the results are, and those without the observations are left out. A page may end early.
 */
final class ObservedSearches {
  private static final Duration WALK = Duration.ofSeconds(8);
  private static final int LEAST_BATCH = 100;
  private static final int MOST_BATCH = 1_000;

  /** Rows hold up to 64 KiB of data. */
  private static final int BATCH_WITH_DATA = 16;

  private static final int MOST_ROWS = 4_000;
  private static final int MOST_ROWS_WITH_DATA = 64;

  private final Searches searches;
  private final Derivations derivations;

  /**
   * @param searches among the results of the stage
   */
  ObservedSearches(Searches searches, Derivations derivations) {
    this.searches = searches;
    this.derivations = derivations;
  }

  /** Succeeds with the page, or that it would cost too much; fails with {@link Unavailable}. */
  Future<SearchOutcome> page(ObservedSearch observed) {
    if (observed.isOfAll()) {
      return searches.page(observed.search()).compose(this::withHeadlines);
    }
    Walk walk = new Walk(observed, Instant.now().plus(WALK));
    return observed.search().sort().key() == Sort.Key.RECEIVED_AT
        ? walk.byReceipt(observed.search().after())
        : walk.inOrder(observed.search().after());
  }

  private Future<SearchOutcome> withHeadlines(SearchOutcome outcome) {
    if (!(outcome instanceof SearchOutcome.Page page)) {
      return Future.succeededFuture(outcome);
    }
    List<String> names = page.rows().stream().map(row -> row.summary().resultName()).toList();
    return derivations
        .of(names)
        .recover(MongoFailures::translate)
        .map(
            found ->
                new SearchOutcome.Page(
                    page.rows().stream()
                        .map(
                            row ->
                                row.withHeadline(
                                    headline(row.summary(), found.get(row.summary().resultName()))))
                        .toList(),
                    page.next()));
  }

  private static @Nullable String headline(
      ResultSummary summary, @Nullable BsonDocument derivation) {
    return derivation != null && DerivationReader.isOf(summary, derivation)
        ? DerivationReader.headline(derivation)
        : null;
  }

  /** Collects the rows of one page. */
  private final class Walk {
    private final ObservedSearch observed;
    private final Search search;
    private final Instant deadline;
    private final SearchOrder order;
    private final List<Row> rows = new ArrayList<>();
    private @Nullable PageKey last;

    Walk(ObservedSearch observed, Instant deadline) {
      this.observed = observed;
      this.deadline = deadline;
      search = observed.search();
      order = new SearchOrder(search.sort(), SearchOrder.Rows.RESULTS);
    }

    Future<SearchOutcome> byReceipt(@Nullable PageKey after) {
      int wanted = batch();
      return derivations
          .page(observed, after, wanted, left())
          .recover(MongoFailures::translate)
          .compose(
              found -> {
                if (found.isEmpty()) {
                  return Future.succeededFuture(done(null));
                }
                Map<String, BsonDocument> byName = new HashMap<>();
                found.forEach(one -> byName.put(Derivations.resultName(one), one));
                BsonDocument last = found.get(found.size() - 1);
                return searches
                    .named(search, List.copyOf(byName.keySet()))
                    .compose(
                        results -> {
                          boolean isFull = take(inOrderOf(found, results), byName);
                          boolean isLast = found.size() < wanted;
                          PageKey reached = Derivations.key(last);
                          return isFull || isLast || isOver()
                              ? Future.succeededFuture(
                                  isFull ? full() : done(isLast ? null : reached))
                              : byReceipt(reached);
                        });
              });
    }

    private static List<StoredResult> inOrderOf(
        List<BsonDocument> found, List<StoredResult> results) {
      Map<String, StoredResult> byName = new HashMap<>();
      results.forEach(one -> byName.put(one.summary().resultName(), one));
      return found.stream()
          .map(one -> byName.get(Derivations.resultName(one)))
          .filter(Objects::nonNull)
          .toList();
    }

    Future<SearchOutcome> inOrder(@Nullable PageKey after) {
      int batch = batch();
      return searches
          .found(search.from(after, batch), deadline)
          .compose(
              found ->
                  found.isEmpty()
                      ? Future.succeededFuture(tooLong(after))
                      : matching(found.get(), batch));
    }

    private int batch() {
      return search.withData()
          ? Math.min(BATCH_WITH_DATA, search.limit())
          : Math.clamp(search.limit(), LEAST_BATCH, MOST_BATCH);
    }

    private SearchOutcome tooLong(@Nullable PageKey reached) {
      return rows.isEmpty() ? new SearchOutcome.TooCostly() : done(reached);
    }

    private Future<SearchOutcome> matching(Searches.Found found, int batch) {
      List<StoredResult> results = found.rows().stream().limit(batch).toList();
      if (results.isEmpty()) {
        return Future.succeededFuture(done(null));
      }
      List<String> names = results.stream().map(one -> one.summary().resultName()).toList();
      PageKey reached = order.key(results.get(results.size() - 1));
      return derivations
          .matching(observed, names)
          .recover(MongoFailures::translate)
          .compose(
              byName -> {
                boolean isFull = take(results, byName);
                if (isFull) {
                  return Future.succeededFuture(full());
                }
                if (!found.more()) {
                  return Future.succeededFuture(done(null));
                }
                return isOver() ? Future.succeededFuture(tooLong(reached)) : inOrder(reached);
              });
    }

    /** Takes the results that were read as they are now; true when there are enough. */
    private boolean take(List<StoredResult> results, Map<String, BsonDocument> derivations) {
      for (StoredResult one : results) {
        BsonDocument derivation = derivations.get(one.summary().resultName());
        if (derivation == null || !DerivationReader.isOf(one.summary(), derivation)) {
          continue;
        }
        if (rows.size() == Math.min(search.limit(), most())) {
          return true;
        }
        Row row = new Row(one.summary(), search.withData() ? one.data() : null, null);
        rows.add(row.withHeadline(DerivationReader.headline(derivation)));
        last = order.key(one);
      }
      return false;
    }

    private int most() {
      return search.withData() ? MOST_ROWS_WITH_DATA : MOST_ROWS;
    }

    private SearchOutcome full() {
      return new SearchOutcome.Page(rows, last);
    }

    private SearchOutcome done(@Nullable PageKey next) {
      return new SearchOutcome.Page(rows, next);
    }

    private boolean isOver() {
      return !Instant.now().isBefore(deadline);
    }

    private Duration left() {
      Duration left = Duration.between(Instant.now(), deadline);
      return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
    }
  }
}
