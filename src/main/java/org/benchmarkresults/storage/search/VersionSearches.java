package org.benchmarkresults.storage.search;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Finds pages of all versions of the results of one stage: the newest ones and the earlier ones
 * stand in two collections, which are searched in the same order and merged. Stateless.
 */
public final class VersionSearches {
  private static final Duration WALK = Duration.ofSeconds(8);
  private static final Duration COUNT = Duration.ofSeconds(1);
  private static final int MOST_COUNTED = 100_000;
  private static final int COUNTED_AT_ONCE = 1_000;

  private final Searches newest;
  private final Searches earlier;
  private final MongoCollection<RawBsonDocument> results;

  /**
   * @param newest among the results
   * @param earlier among the copies of earlier versions
   * @param results the collection of the newest
   */
  public VersionSearches(
      Searches newest, Searches earlier, MongoCollection<RawBsonDocument> results) {
    this.newest = newest;
    this.earlier = earlier;
    this.results = results;
  }

  /** Succeeds with the page, or that it would cost too much; fails with {@link Unavailable}. */
  public Future<SearchOutcome> page(Search search) {
    return page(search, Instant.now().plus(WALK));
  }

  private Future<SearchOutcome> page(Search search, Instant deadline) {
    // The newest first: a version that is replaced between the two is found among the earlier ones.
    return newest
        .found(search, deadline)
        .compose(
            there ->
                there.isEmpty()
                    ? tooCostly()
                    : earlier
                        .found(search, deadline)
                        .compose(
                            before ->
                                before.isEmpty()
                                    ? tooCostly()
                                    : merged(search, there.get(), before.get(), deadline)));
  }

  private static Future<SearchOutcome> tooCostly() {
    return Future.succeededFuture(new SearchOutcome.TooCostly());
  }

  /** A page without any row of an existing result is skipped. */
  private Future<SearchOutcome> merged(
      Search search, Searches.Found there, Searches.Found before, Instant deadline) {
    return live(before.rows())
        .map(live -> new VersionPage(search, live).of(there, before))
        .compose(
            page -> {
              PageKey next = page.next();
              if (!page.rows().isEmpty() || next == null) {
                return Future.succeededFuture(page);
              }
              return Instant.now().isAfter(deadline)
                  ? tooCostly()
                  : page(search.from(next, search.limit()), deadline);
            });
  }

  /** The results that the versions are of, as they stand now, by name. */
  private Future<Map<String, StoredResult>> live(List<StoredResult> versions) {
    List<String> names =
        versions.stream().map(version -> version.summary().resultName()).distinct().toList();
    return names.isEmpty()
        ? Future.succeededFuture(Map.of())
        : Streams.collect(
                results
                    .find(Filters.in(ResultDocument.ID, names))
                    .projection(Projections.exclude(ResultDocument.DATA)))
            .recover(MongoFailures::translate)
            .map(
                found ->
                    found.stream()
                        .map(ResultDocument::read)
                        .collect(Collectors.toMap(StoredResult::id, Function.identity())));
  }

  /**
   * Succeeds with how many versions the filter means, counted up to a bound in number and in time;
   * fails with {@link Unavailable}.
   */
  public Future<ResultCount> count(Search search) {
    Search page =
        new Search(
            search.stage(),
            false,
            search.filter(),
            search.sort(),
            null,
            COUNTED_AT_ONCE,
            false,
            true);
    Instant deadline = Instant.now().plus(COUNT);
    return newest.count(search).compose(counted -> count(page, counted, deadline));
  }

  private Future<ResultCount> count(Search page, ResultCount before, Instant deadline) {
    if (!before.exact() || before.count() >= MOST_COUNTED || Instant.now().isAfter(deadline)) {
      return Future.succeededFuture(new ResultCount(Math.min(before.count(), MOST_COUNTED), false));
    }
    return earlier
        .found(page, deadline)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(new ResultCount(before.count(), false))
                    : live(found.get().rows())
                        .compose(live -> count(page, before, found.get(), live, deadline)));
  }

  private Future<ResultCount> count(
      Search page,
      ResultCount before,
      Searches.Found found,
      Map<String, StoredResult> live,
      Instant deadline) {
    SearchOutcome.Page counted =
        new VersionPage(page, live).of(new Searches.Found(List.of(), false), found);
    ResultCount sum = new ResultCount(before.count() + counted.rows().size(), before.exact());
    @Nullable PageKey next = counted.next();
    return next == null
        ? Future.succeededFuture(sum)
        : count(page.from(next, page.limit()), sum, deadline);
  }
}
