package org.benchmarkresults.storage;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.client.model.CountOptions;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.ResultCount;
import org.benchmarkresults.model.Search;
import org.benchmarkresults.model.SearchOutcome;
import org.benchmarkresults.model.SearchOutcome.Page;
import org.benchmarkresults.model.SearchOutcome.Row;
import org.benchmarkresults.storage.IndexChoice.Direct;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/**
 * Finds pages of what a filter means among the results of one collection. Stateless.
 *
 * <p>A page comes from the index that is in the order asked for. Only where a part of the filter has
 * an index of its own, and few results fit it, these few are fetched and ordered instead: a run's
 * results by timestamp, say. What is walked is bounded by time, what is ordered by number.
 */
final class Searches {
  /** So many are ordered in some 20 ms; walking to 100 rows among a million takes longer. */
  static final int FEW = 10_000;

  private static final long MOST_PAGE_BYTES = 8L << 20;
  private static final int MOST_COUNTED = 100_000;
  private static final Duration WALK = Duration.ofSeconds(8);
  private static final Duration COUNT = Duration.ofSeconds(1);

  private final MongoCollection<RawBsonDocument> raw;
  private final boolean deleted;
  private final boolean indexed;

  /**
   * @param deleted whether the collection is one of deleted results
   * @param indexed whether the database has the declared indexes
   */
  Searches(MongoCollection<RawBsonDocument> raw, boolean deleted, boolean indexed) {
    this.raw = raw;
    this.deleted = deleted;
    this.indexed = indexed;
  }

  /** Succeeds with the page, or that it would cost too much; fails with {@link Unavailable}. */
  Future<SearchOutcome> page(Search search) {
    return index(search).compose(index -> page(search, index));
  }

  private Future<SearchOutcome> page(Search search, String index) {
    return Streams.collect(
            find(search, index), MOST_PAGE_BYTES, document -> document.getByteBuffer().remaining())
        .<SearchOutcome>map(documents -> page(search, documents))
        .recover(
            failure ->
                tookTooLong(failure)
                    ? Future.succeededFuture(new SearchOutcome.TooCostly())
                    : MongoFailures.understood(failure));
  }

  /** The index that is in order, unless another leads to few results. */
  private Future<String> index(Search search) {
    IndexChoice choice = IndexChoice.of(search.filter(), search.sort());
    return firstOfFew(choice.direct(), 0, choice.inOrder());
  }

  private Future<String> firstOfFew(List<Direct> direct, int number, String otherwise) {
    if (!indexed || number == direct.size()) {
      return Future.succeededFuture(otherwise);
    }
    Direct candidate = direct.get(number);
    return count(FilterQuery.of(candidate.part(), deleted), candidate.index(), FEW + 1, WALK)
        .recover(MongoFailures::understood)
        .compose(
            count ->
                count <= FEW
                    ? Future.succeededFuture(candidate.index())
                    : firstOfFew(direct, number + 1, otherwise));
  }

  /** One row more than asked for tells whether there is a next page. */
  FindPublisher<RawBsonDocument> find(Search search, String index) {
    Keyset keyset = new Keyset(search.sort());
    BsonDocument query =
        keyset.behind(FilterQuery.of(search.filter(), deleted), search.after());
    FindPublisher<RawBsonDocument> find =
        within(WALK)
            .find(query)
            .projection(search.withData() ? ResultDocument.WHOLE : ResultDocument.SUMMARY)
            .sort(keyset.order())
            .limit(search.limit() + 1)
            .batchSize(search.limit() + 1);
    return indexed ? find.hintString(index).allowDiskUse(true) : find;
  }

  private MongoCollection<RawBsonDocument> within(Duration time) {
    return raw.withTimeout(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static SearchOutcome page(Search search, List<RawBsonDocument> documents) {
    boolean more =
        documents.size() > search.limit()
            || documents.stream().mapToLong(d -> d.getByteBuffer().remaining()).sum()
                >= MOST_PAGE_BYTES;
    List<StoredResult> rows =
        documents.stream().limit(search.limit()).map(ResultDocument::read).toList();
    return new Page(
        rows.stream().map(row -> row(search, row)).toList(),
        more ? new Keyset(search.sort()).mark(rows.get(rows.size() - 1)) : null);
  }

  private static Row row(Search search, StoredResult stored) {
    return new Row(
        stored.summary(), search.withData() ? stored.data() : null, stored.deletedAt());
  }

  /**
   * Succeeds with how many results the filter means, counted up to a bound in number and in time;
   * fails with {@link Unavailable}.
   */
  Future<ResultCount> count(Search search) {
    BsonDocument query = FilterQuery.of(search.filter(), deleted);
    if (query.isEmpty()) {
      return Streams.one(within(COUNT).estimatedDocumentCount())
          .recover(MongoFailures::understood)
          .map(count -> new ResultCount(count, true));
    }
    IndexChoice choice = IndexChoice.of(search.filter(), search.sort());
    String index = choice.direct().isEmpty() ? choice.inOrder() : choice.direct().get(0).index();
    return count(query, index, MOST_COUNTED + 1, COUNT)
        .map(count -> new ResultCount(Math.min(count, MOST_COUNTED), count <= MOST_COUNTED))
        .recover(
            failure ->
                tookTooLong(failure)
                    ? Future.succeededFuture(new ResultCount(0, false))
                    : MongoFailures.understood(failure));
  }

  private Future<Long> count(BsonDocument query, String index, int most, Duration time) {
    CountOptions options = new CountOptions().limit(most);
    return Streams.one(
        within(time)
            .countDocuments(query, indexed ? options.hintString(index) : options));
  }

  /** The server's own verdict, not the silence of one that is away. */
  static boolean tookTooLong(Throwable failure) {
    return failure instanceof MongoExecutionTimeoutException
        || (failure instanceof MongoOperationTimeoutException
            && failure.getCause() instanceof MongoExecutionTimeoutException);
  }
}
