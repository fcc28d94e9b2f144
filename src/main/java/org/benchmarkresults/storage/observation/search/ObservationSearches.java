package org.benchmarkresults.storage.observation.search;

import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.observed.ObservationOutcome;
import org.benchmarkresults.model.observed.ObservationSearch;
import org.benchmarkresults.model.observed.ObservationSort;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.ObservationAnnotations;
import org.benchmarkresults.storage.observation.ObservationDocument;
import org.benchmarkresults.storage.observation.search.ObservationIndexChoice.Direct;
import org.benchmarkresults.storage.search.BoundedCount;
import org.benchmarkresults.storage.search.Searches;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Finds pages of observations. A page comes from the index that is in the order asked for, or, when
 * a part of the filter means few observations and has an index, these are fetched and ordered.
 * Walks are bounded by time, sorts by number. Stateless.
 */
public final class ObservationSearches {
  /** The most observations that are ordered in memory, of less than a kilobyte each. */
  static final int FEW = 10_000;

  private static final long MOST_PAGE_BYTES = 4L << 20;
  private static final Duration WALK = Duration.ofSeconds(8);

  private final MongoCollection<RawBsonDocument> raw;
  private final BoundedCount counting;
  private final boolean isIndexed;

  /**
   * @param counting of the same collection
   * @param isIndexed whether the database has the declared indexes
   */
  public ObservationSearches(
      MongoCollection<RawBsonDocument> raw, BoundedCount counting, boolean isIndexed) {
    this.raw = raw;
    this.counting = counting;
    this.isIndexed = isIndexed;
  }

  /**
   * One query of a page; a page is filled by one after the other.
   *
   * @param index null for none
   */
  record Part(@Nullable String index, BsonDocument query) {}

  /** Succeeds with the page, or that it would cost too much; fails with {@link Unavailable}. */
  public Future<ObservationOutcome> page(ObservationSearch search) {
    long deadline = System.nanoTime() + WALK.toNanos();
    return parts(search, deadline)
        .compose(
            parts ->
                parts.isEmpty()
                    ? Future.succeededFuture(Optional.<List<RawBsonDocument>>empty())
                    : documents(search, parts.get(), List.of(), deadline).map(Optional::of))
        .recover(
            failure ->
                Searches.tookTooLong(failure)
                    ? Future.succeededFuture(Optional.empty())
                    : MongoFailures.translate(failure))
        .map(
            found ->
                found.isPresent()
                    ? page(search, found.get())
                    : new ObservationOutcome.TooCostly(advice(search.sort())));
  }

  private static String advice(ObservationSort sort) {
    return switch (sort.key()) {
      case VALUE ->
          "Observations are ordered by value within a metric: add metric, and task if possible.";
      case MODEL -> "Add task and metric, or order by -instant.";
      case INSTANT, RESULT ->
          "Add task and metric, model, benchmark_name, series or the name of a result.";
    };
  }

  /** Succeeds with the queries of a page; empty when no index serves it. */
  Future<Optional<List<Part>>> parts(ObservationSearch search, long deadline) {
    BsonDocument filter = filter(search);
    List<List<BsonDocument>> ranges = new ObservationOrder(search.sort()).ranges(search.after());
    if (!isIndexed) {
      return Future.succeededFuture(Optional.of(grouped(null, filter, ranges)));
    }
    ObservationIndexChoice choice = ObservationIndexChoice.of(search);
    return few(choice.direct(), choice.inOrder(), deadline)
        .map(
            index -> {
              if (index == null) {
                return Optional.empty();
              }
              return Optional.of(
                  index.equals(choice.inOrder())
                      ? walked(index, filter, choice.before(), ranges)
                      : grouped(index, filter, ranges));
            });
  }

  private static BsonDocument filter(ObservationSearch search) {
    BsonDocument filter = ObservationQuery.of(search.filter());
    if (search.reading() != null) {
      filter = ObservationQuery.both(ObservationQuery.ofReading(search.reading()), filter);
    }
    BsonDocument counting =
        search.crossChecks()
            ? filter
            : ObservationQuery.both(filter, without(ObservationDocument.CROSS_CHECK));
    return switch (search.excluded()) {
      case NO -> ObservationQuery.both(counting, without(ObservationAnnotations.EXCLUDED));
      case ALSO -> counting;
      case ONLY -> ObservationQuery.both(counting, ObservationQuery.ofExcluded());
    };
  }

  private static BsonDocument without(String field) {
    return new BsonDocument(field, new BsonDocument("$eq", BsonNull.VALUE));
  }

  private static List<Part> grouped(
      @Nullable String index, BsonDocument filter, List<List<BsonDocument>> ranges) {
    return ranges.stream()
        .map(group -> new Part(index, ObservationQuery.both(filter, ObservationQuery.any(group))))
        .toList();
  }

  private static List<Part> walked(
      String index,
      BsonDocument filter,
      List<BsonDocument> before,
      List<List<BsonDocument>> ranges) {
    List<BsonDocument> values = before.isEmpty() ? List.of(new BsonDocument()) : before;
    List<Part> parts = new ArrayList<>();
    for (BsonDocument range : ranges.stream().flatMap(List::stream).toList()) {
      List<BsonDocument> branches =
          values.stream()
              .map(value -> ObservationQuery.both(ObservationQuery.both(filter, value), range))
              .toList();
      parts.add(new Part(index, ObservationQuery.any(branches)));
    }
    return parts;
  }

  /**
   * The index in order, unless it is missing or does not begin with a condition of the filter, and
   * another finds few observations.
   */
  private Future<@Nullable String> few(
      List<Direct> direct, @Nullable String inOrder, long deadline) {
    if (direct.isEmpty() || direct.get(0).index().equals(inOrder)) {
      return Future.succeededFuture(inOrder);
    }
    Direct first = direct.get(0);
    BsonDocument query = ObservationQuery.of(new Filter.All(List.of(first.part())));
    return counting
        .within(left(deadline), query, first.index(), FEW + 1)
        .compose(
            count ->
                count <= FEW
                    ? Future.succeededFuture(first.index())
                    : few(direct.subList(1, direct.size()), inOrder, deadline));
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
  }

  private Future<List<RawBsonDocument>> documents(
      ObservationSearch search, List<Part> parts, List<RawBsonDocument> found, long deadline) {
    int wanted = search.limit() + 1 - found.size();
    long room = MOST_PAGE_BYTES - bytes(found);
    if (parts.isEmpty() || wanted == 0 || room <= 0) {
      return Future.succeededFuture(found);
    }
    return Streams.collect(
            find(search, parts.get(0), wanted, left(deadline)),
            room,
            Streams.FIRST_BATCH_OF_ROWS,
            ObservationSearches::bytes)
        .map(more -> Stream.concat(found.stream(), more.stream()).toList())
        .compose(all -> documents(search, parts.subList(1, parts.size()), all, deadline));
  }

  FindPublisher<RawBsonDocument> find(
      ObservationSearch search, Part part, int wanted, Duration time) {
    FindPublisher<RawBsonDocument> find =
        raw.withTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
            .find(part.query())
            .sort(new ObservationOrder(search.sort()).sort())
            .limit(wanted);
    return part.index() == null ? find : find.hintString(part.index()).allowDiskUse(true);
  }

  private static long bytes(RawBsonDocument document) {
    return document.getByteBuffer().remaining();
  }

  private static long bytes(List<RawBsonDocument> documents) {
    return documents.stream().mapToLong(ObservationSearches::bytes).sum();
  }

  private static ObservationOutcome page(
      ObservationSearch search, List<RawBsonDocument> documents) {
    boolean more = documents.size() > search.limit() || bytes(documents) >= MOST_PAGE_BYTES;
    List<RawBsonDocument> rows = documents.stream().limit(search.limit()).toList();
    return new ObservationOutcome.Page(
        rows.stream().map(ObservationDocument::read).toList(),
        more ? new ObservationOrder(search.sort()).key(rows.get(rows.size() - 1)) : null);
  }
}
