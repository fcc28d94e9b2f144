package org.benchmarkresults.storage.search;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.SearchOutcome.Page;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.storage.document.NumberSpellings;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.search.IndexChoice.Direct;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;

/**
 * Finds pages of what a filter means among the results of one collection. Stateless.
 *
 * <p>A page comes from the index that is in the order asked for. Only where a part of the filter
 * has an index of its own, and few results fit it, these few are fetched and ordered instead: a
 * run's results by timestamp, say. What is walked is bounded by time, what is ordered by number.
 */
public final class Searches {
  /** Sorting this many takes some 20 ms, less than walking to 100 rows among a million. */
  static final int FEW = 10_000;

  private static final long MOST_PAGE_BYTES = 4L << 20;
  private static final int MOST_COUNTED = 100_000;
  private static final Duration WALK = Duration.ofSeconds(8);
  private static final Duration COUNT = Duration.ofSeconds(1);

  private final MongoCollection<RawBsonDocument> raw;
  private final BoundedCount counting;
  private final boolean deleted;
  private final boolean indexed;

  /**
   * @param counting of the same collection
   * @param deleted whether the collection is one of deleted results
   * @param indexed whether the database has the declared indexes
   */
  public Searches(
      MongoCollection<RawBsonDocument> raw,
      BoundedCount counting,
      boolean deleted,
      boolean indexed) {
    this.raw = raw;
    this.counting = counting;
    this.deleted = deleted;
    this.indexed = indexed;
  }

  /** Succeeds with the page, or that it would cost too much; fails with {@link Unavailable}. */
  public Future<SearchOutcome> page(Search search) {
    return index(search).compose(index -> page(search, index));
  }

  public Future<SearchOutcome> page(Search search, String index) {
    long deadline = System.nanoTime() + WALK.toNanos();
    return documents(search, index, parts(search, index), List.of(), deadline)
        .map(Optional::of)
        .recover(
            failure ->
                tookTooLong(failure)
                    ? Future.succeededFuture(Optional.empty())
                    : MongoFailures.translate(failure))
        .map(
            found -> found.isPresent() ? page(search, found.get()) : new SearchOutcome.TooCostly());
  }

  /**
   * Succeeds with the rows of a page and one more, empty when finding them took too long; fails
   * with {@link Unavailable}.
   */
  public Future<Optional<Found>> found(Search search, Instant deadline) {
    return index(search)
        .compose(index -> documents(search, index, deadline))
        .map(documents -> documents.map(all -> found(search, all)));
  }

  /** Succeeds with those of the named results that the filter means, in any order. */
  public Future<List<StoredResult>> named(Search search, List<String> names) {
    BsonArray ids = new BsonArray(names.stream().map(BsonString::new).toList());
    BsonDocument named = new BsonDocument(ResultDocument.ID, new BsonDocument("$in", ids));
    BsonDocument filter = FilterQuery.of(NumberSpellings.expanded(search.filter()), deleted);
    BsonDocument both =
        filter.isEmpty() ? named : new BsonDocument("$and", new BsonArray(List.of(named, filter)));
    return Streams.collect(raw.find(both).projection(ResultDocument.projection(search)))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(ResultDocument::read).toList());
  }

  private Future<Optional<List<RawBsonDocument>>> documents(
      Search search, String index, Instant deadline) {
    long left = Math.max(1, Duration.between(Instant.now(), deadline).toNanos());
    return documents(search, index, parts(search, index), List.of(), System.nanoTime() + left)
        .map(Optional::of)
        .recover(
            failure ->
                tookTooLong(failure)
                    ? Future.succeededFuture(Optional.empty())
                    : MongoFailures.translate(failure));
  }

  private static Found found(Search search, List<RawBsonDocument> documents) {
    return new Found(
        documents.stream().map(ResultDocument::read).toList(),
        documents.size() > search.limit() || bytes(documents) >= MOST_PAGE_BYTES);
  }

  /**
   * The rows of a page and one more.
   *
   * @param more whether rows may follow the last
   */
  public record Found(List<StoredResult> rows, boolean more) {}

  /** Appends part after part to what was found before, until the page is full. */
  private Future<List<RawBsonDocument>> documents(
      Search search,
      String index,
      List<BsonDocument> parts,
      List<RawBsonDocument> found,
      long deadline) {
    int wanted = search.limit() + 1 - found.size();
    long room = MOST_PAGE_BYTES - bytes(found);
    if (parts.isEmpty() || wanted == 0 || room <= 0) {
      return Future.succeededFuture(found);
    }
    Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    long batch = search.withData() ? Streams.FIRST_BATCH : Streams.FIRST_BATCH_OF_ROWS;
    return Streams.collect(
            find(search, index, parts.get(0), wanted, left), room, batch, Searches::bytes)
        .map(more -> Stream.concat(found.stream(), more.stream()).toList())
        .compose(all -> documents(search, index, parts.subList(1, parts.size()), all, deadline));
  }

  private static long bytes(RawBsonDocument document) {
    return document.getByteBuffer().remaining();
  }

  private static long bytes(List<RawBsonDocument> documents) {
    return documents.stream().mapToLong(Searches::bytes).sum();
  }

  /** The index that is in order, unless another leads to few results. */
  Future<String> index(Search search) {
    Filter filter = NumberSpellings.expanded(search.filter());
    IndexChoice choice = IndexChoice.of(filter, search.sort(), deleted);
    return firstOfFew(choice.direct(), 0, choice.inOrder());
  }

  private Future<String> firstOfFew(List<Direct> direct, int number, String otherwise) {
    if (!indexed || number == direct.size()) {
      return Future.succeededFuture(otherwise);
    }
    Direct candidate = direct.get(number);
    return count(FilterQuery.of(candidate.part(), deleted), candidate.index(), FEW + 1, WALK)
        .recover(MongoFailures::translate)
        .compose(
            count ->
                count <= FEW
                    ? Future.succeededFuture(candidate.index())
                    : firstOfFew(direct, number + 1, otherwise));
  }

  List<BsonDocument> parts(Search search, String index) {
    return new PageQuery(search, deleted).parts(indexed ? index : "");
  }

  /**
   * Asks for a part of a page.
   *
   * @param wanted one row more than is missing in the page tells whether there is a next one
   */
  FindPublisher<RawBsonDocument> find(
      Search search, String index, BsonDocument part, int wanted, Duration time) {
    FindPublisher<RawBsonDocument> find =
        within(time)
            .find(part)
            .projection(ResultDocument.projection(search))
            .sort(new PageQuery(search, deleted).order().sort())
            .limit(wanted);
    return indexed ? find.hintString(index).allowDiskUse(true) : find;
  }

  private MongoCollection<RawBsonDocument> within(Duration time) {
    return raw.withTimeout(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static SearchOutcome page(Search search, List<RawBsonDocument> documents) {
    boolean more = documents.size() > search.limit() || bytes(documents) >= MOST_PAGE_BYTES;
    List<StoredResult> rows =
        documents.stream().limit(search.limit()).map(ResultDocument::read).toList();
    SearchOrder order = new SearchOrder(search.sort(), SearchOrder.Rows.RESULTS);
    return new Page(
        rows.stream().map(row -> row(search, row)).toList(),
        more ? order.key(rows.get(rows.size() - 1)) : null);
  }

  private static Row row(Search search, StoredResult stored) {
    return new Row(stored.summary(), search.withData() ? stored.data() : null, stored.deletedAt());
  }

  /**
   * Succeeds with how many results the filter means, counted up to a bound in number and in time;
   * fails with {@link Unavailable}.
   */
  public Future<ResultCount> count(Search search) {
    Filter filter = NumberSpellings.expanded(search.filter());
    BsonDocument query = FilterQuery.of(filter, deleted);
    if (query.isEmpty()) {
      return Streams.one(within(COUNT).estimatedDocumentCount())
          .recover(MongoFailures::translate)
          .map(count -> new ResultCount(count, true));
    }
    IndexChoice choice = IndexChoice.of(filter, search.sort(), deleted);
    String index = choice.direct().isEmpty() ? choice.inOrder() : choice.direct().get(0).index();
    return count(query, index, MOST_COUNTED + 1, COUNT)
        .map(count -> new ResultCount(Math.min(count, MOST_COUNTED), count <= MOST_COUNTED))
        .recover(
            failure ->
                failure instanceof MongoOperationTimeoutException || tookTooLong(failure)
                    ? Future.succeededFuture(new ResultCount(0, false))
                    : MongoFailures.translate(failure));
  }

  private Future<Long> count(BsonDocument query, String index, int most, Duration time) {
    return counting.within(time, query, indexed ? index : "", most);
  }

  /** The time limit expired on the server; an unavailable server fails otherwise. */
  public static boolean tookTooLong(Throwable failure) {
    return failure instanceof MongoExecutionTimeoutException
        || (failure instanceof MongoOperationTimeoutException
            && failure.getCause() instanceof MongoExecutionTimeoutException);
  }
}
