package org.benchmarkresults.storage.search;

import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.List;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.search.ResultOutline;
import org.benchmarkresults.model.search.ResultPage;
import org.benchmarkresults.model.search.ResultQuery;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.RawBsonDocument;

/** Lists the results of one stage, page after page. Stateless. */
public final class ResultList {
  private static final long MOST_PAGE_BYTES = 2L << 20;

  private final MongoCollection<RawBsonDocument> raw;

  public ResultList(MongoCollection<RawBsonDocument> raw) {
    this.raw = raw;
  }

  /**
   * Succeeds with which results the next page holds, newest first; fails with {@link Unavailable}.
   * The order never changes by later writes, so pages neither repeat nor skip what was there before
   * the first.
   */
  public Future<ResultOutline> outline(ResultQuery query) {
    return Streams.collect(
            newestFirst(query).projection(ResultDocument.OUTLINE).batchSize(query.limit() + 1))
        .recover(MongoFailures::translate)
        .map(documents -> documents.stream().map(ResultDocument::readRef).toList())
        .map(rows -> new ResultOutline(PageEnd.cut(rows, query), PageEnd.next(rows, query)));
  }

  /** Succeeds with the page that {@link #outline} tells of, which may end earlier. */
  public Future<ResultPage> page(ResultQuery query) {
    return Streams.collect(
            newestFirst(query).projection(ResultDocument.SUMMARY),
            MOST_PAGE_BYTES,
            Streams.FIRST_BATCH_OF_ROWS,
            document -> document.getByteBuffer().remaining())
        .recover(MongoFailures::translate)
        .map(documents -> page(documents, query));
  }

  /** One row more than asked for tells where the page can end. */
  private FindPublisher<RawBsonDocument> newestFirst(ResultQuery query) {
    return raw.find(PageEnd.after(query.after()))
        .sort(Sorts.descending(ResultDocument.FIRST_RECEIVED_AT, ResultDocument.ID))
        .limit(query.limit() + 1);
  }

  private static ResultPage page(List<RawBsonDocument> documents, ResultQuery query) {
    List<ResultSummary> rows =
        documents.stream().map(document -> ResultDocument.read(document).summary()).toList();
    List<RowRef> refs = rows.stream().map(ResultSummary::ref).toList();
    long bytes =
        documents.stream().mapToLong(document -> document.getByteBuffer().remaining()).sum();
    return bytes >= MOST_PAGE_BYTES && rows.size() <= query.limit()
        ? new ResultPage(rows, PageEnd.at(refs))
        : new ResultPage(
            rows.subList(0, PageEnd.cut(refs, query).size()), PageEnd.next(refs, query));
  }
}
