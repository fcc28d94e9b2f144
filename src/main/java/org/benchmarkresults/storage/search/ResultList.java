package org.benchmarkresults.storage.search;

import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ResultOutline;
import org.benchmarkresults.model.search.ResultPage;
import org.benchmarkresults.model.search.ResultQuery;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.KeysetOrder;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Lists the results of one stage, page after page. Stateless. */
public final class ResultList {
  private static final long MOST_PAGE_BYTES = 2L << 20;

  /** Rows of one moment that were on the page before are read once more, up to so many. */
  private static final int MOST_TIES = 64;

  private static final KeysetOrder NEWEST_FIRST =
      KeysetOrder.descending(ResultDocument.FIRST_RECEIVED_AT, ResultDocument.ID);

  private final MongoCollection<RawBsonDocument> raw;

  private final boolean indexed;

  /**
   * @param indexed whether the database has the declared indexes
   */
  public ResultList(MongoCollection<RawBsonDocument> raw, boolean indexed) {
    this.raw = raw;
    this.indexed = indexed;
  }

  /**
   * Succeeds with which results the next page holds, newest first; fails with {@link Unavailable}.
   * Later writes never change the order, so that pages neither repeat nor skip what was there
   * before the first.
   */
  public Future<ResultOutline> outline(ResultQuery query) {
    int wanted = query.limit() + 1;
    PageKey key = query.after();
    Future<List<RowRef>> rows =
        key == null
            ? rows(new BsonDocument(), wanted)
            : rows(upTo(key), wanted + MOST_TIES).compose(found -> behind(key, found, wanted));
    return (indexed ? withAnnotations(rows, annotated(key, wanted + MOST_TIES)) : rows)
        .map(
            found -> {
              boolean more = found.size() > query.limit();
              List<RowRef> page = more ? found.subList(0, query.limit()) : found;
              return new ResultOutline(page, more ? key(page, Function.identity()) : null);
            });
  }

  private static Future<List<RowRef>> withAnnotations(
      Future<List<RowRef>> rows, Future<Map<String, Integer>> annotated) {
    return Future.all(rows, annotated)
        .map(
            both ->
                annotated.result().isEmpty()
                    ? rows.result()
                    : rows.result().stream()
                        .map(
                            row ->
                                row.annotated(annotated.result().getOrDefault(row.resultName(), 0)))
                        .toList());
  }

  /**
   * The revisions of the annotated results among the next rows, by name. They have an index of
   * their own: in that of all results the revision would take room for each of them.
   */
  private Future<Map<String, Integer>> annotated(@Nullable PageKey key, int limit) {
    BsonDocument condition =
        (key == null ? new BsonDocument() : upTo(key))
            .append(AnnotationFields.REVISION, new BsonDocument("$gte", new BsonInt32(1)));
    return Streams.collect(
            raw.find(condition)
                .sort(NEWEST_FIRST.sort())
                .limit(limit)
                .projection(ResultDocument.ANNOTATED_OUTLINE)
                .batchSize(limit))
        .recover(MongoFailures::translate)
        .map(
            documents ->
                documents.stream()
                    .map(ResultDocument::readRef)
                    .collect(Collectors.toMap(RowRef::resultName, RowRef::annotated)));
  }

  /**
   * The rows behind the key, of rows that begin at its moment. Such a plain range is answered by
   * the index alone; the exact condition has alternatives, for which MongoDB reads the documents.
   */
  private Future<List<RowRef>> behind(PageKey key, List<RowRef> found, int wanted) {
    List<RowRef> behind = found.stream().dropWhile(row -> !isBehind(key, row)).toList();
    if (behind.size() >= wanted || found.size() < wanted + MOST_TIES) {
      return Future.succeededFuture(behind.subList(0, Math.min(wanted, behind.size())));
    }
    return rows(after(key), wanted);
  }

  private static boolean isBehind(PageKey key, RowRef row) {
    return row.firstReceivedAt().isBefore(key.receivedAt())
        || TextOrder.BY_CODE_POINTS.compare(row.resultName(), key.id()) < 0;
  }

  private Future<List<RowRef>> rows(BsonDocument condition, int limit) {
    return Streams.collect(
            raw.find(condition)
                .sort(NEWEST_FIRST.sort())
                .limit(limit)
                .projection(indexed ? ResultDocument.OUTLINE : ResultDocument.ANNOTATED_OUTLINE)
                .batchSize(limit))
        .recover(MongoFailures::translate)
        .map(documents -> documents.stream().map(ResultDocument::readRef).toList());
  }

  private static BsonDocument upTo(PageKey key) {
    return new BsonDocument(
        ResultDocument.FIRST_RECEIVED_AT,
        new BsonDocument("$lte", new BsonDateTime(key.receivedAt().toEpochMilli())));
  }

  /** Succeeds with the page that {@link #outline} names, which may end earlier. */
  public Future<ResultPage> page(ResultQuery query) {
    return Streams.collect(
            newestFirst(query).projection(ResultDocument.SUMMARY),
            MOST_PAGE_BYTES,
            Streams.FIRST_BATCH_OF_ROWS,
            document -> document.getByteBuffer().remaining())
        .recover(MongoFailures::translate)
        .map(documents -> page(documents, query));
  }

  /** One row more than the limit shows whether there is a next page. */
  private FindPublisher<RawBsonDocument> newestFirst(ResultQuery query) {
    return raw.find(after(query.after())).sort(NEWEST_FIRST.sort()).limit(query.limit() + 1);
  }

  private static BsonDocument after(@Nullable PageKey key) {
    return key == null
        ? new BsonDocument()
        : NEWEST_FIRST.after(
            new BsonDateTime(key.receivedAt().toEpochMilli()), new BsonString(key.id()));
  }

  private static ResultPage page(List<RawBsonDocument> documents, ResultQuery query) {
    List<ResultSummary> rows =
        documents.stream()
            .limit(query.limit())
            .map(document -> ResultDocument.read(document).summary())
            .toList();
    long bytes =
        documents.stream().mapToLong(document -> document.getByteBuffer().remaining()).sum();
    boolean more = documents.size() > query.limit() || bytes >= MOST_PAGE_BYTES;
    return new ResultPage(rows, more ? key(rows, ResultSummary::ref) : null);
  }

  /** The key of a page that ends with the last of the rows. */
  private static <R> PageKey key(List<R> rows, Function<R, RowRef> ref) {
    RowRef last = ref.apply(rows.get(rows.size() - 1));
    return new PageKey(last.firstReceivedAt(), last.resultName());
  }
}
