package org.benchmarkresults.storage.search;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.model.event.EventPage;
import org.benchmarkresults.model.event.EventQuery;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.index.Indexes;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.KeysetOrder;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Finds the versions of both stages that were received since a moment: first versions, later ones,
 * and replaced ones, each by an index of its own. Stateless.
 */
public final class StoredSince {
  /** A kind of document, found in the order of the field. */
  private record Kind(
      int number,
      Stage stage,
      MongoCollection<RawBsonDocument> documents,
      String field,
      KeysetOrder order,
      Bson condition,
      @Nullable String index) {
    Kind(
        int number,
        Stage stage,
        MongoCollection<RawBsonDocument> documents,
        String field,
        Bson condition,
        @Nullable String index) {
      this(
          number,
          stage,
          documents,
          field,
          KeysetOrder.ascending(field, ResultDocument.ID),
          condition,
          index);
    }

    FindPublisher<RawBsonDocument> behind(EventQuery query) {
      FindPublisher<RawBsonDocument> found =
          documents
              .find(Filters.and(range(query.behind()), condition))
              .projection(ResultDocument.EVENT)
              .sort(order.sort())
              .limit(query.limit())
              .batchSize(query.limit() + 1);
      return index == null ? found : found.hintString(index);
    }

    private BsonDocument range(PageKey key) {
      BsonDateTime moment = new BsonDateTime(key.receivedAt().toEpochMilli());
      if (number < key.kind()) {
        return order.after(moment);
      }
      return number > key.kind() || key.id().isEmpty()
          ? new BsonDocument(field, new BsonDocument("$gte", moment))
          : order.after(moment, new BsonString(key.id()));
    }

    Row row(RawBsonDocument document) {
      StoredResult found = ResultDocument.read(document);
      Instant moment =
          field.equals(ResultDocument.FIRST_RECEIVED_AT)
              ? found.summary().firstReceivedAt()
              : found.summary().receivedAt();
      return new Row(
          StoredEvent.of(stage, found.summary()),
          new PageKey(null, null, moment, number, found.id()));
    }
  }

  /**
   * A version with its position.
   *
   * @param key where the page behind it begins
   */
  public record Row(StoredEvent event, PageKey key) {
    /** Those of one kind stay in the database's own order. */
    private static final Comparator<Row> ORDER =
        Comparator.<Row, Instant>comparing(row -> row.key.receivedAt())
            .thenComparing(row -> row.key.kind());
  }

  private final List<Kind> current = new ArrayList<>();
  private final List<Kind> replaced = new ArrayList<>();

  /**
   * @param isIndexed whether the database uses indexes
   */
  public StoredSince(MongoClients clients, CollectionNames collections, boolean isIndexed) {
    String received = isIndexed ? Indexes.RECEIVED : null;
    String laterReceived = isIndexed ? Indexes.VERSION_RECEIVED : null;
    int number = 0;
    for (Stage stage : Stage.values()) {
      MongoCollection<RawBsonDocument> results = clients.raw(collections.results(stage));
      Bson first = Filters.eq(ResultDocument.VERSION, 1);
      Bson later = Filters.gt(ResultDocument.VERSION, 1);
      current.add(
          new Kind(number++, stage, results, ResultDocument.FIRST_RECEIVED_AT, first, received));
      current.add(
          new Kind(number++, stage, results, ResultDocument.RECEIVED_AT, later, laterReceived));
    }
    for (Stage stage : Stage.values()) {
      replaced.add(
          new Kind(
              number++,
              stage,
              clients.raw(collections.versions(stage)),
              ResultDocument.RECEIVED_AT,
              Filters.empty(),
              laterReceived));
    }
  }

  /** Succeeds with a page, in the order of receipt; fails with {@code Unavailable}. */
  public Future<EventPage> page(EventQuery query) {
    return rows(query).map(rows -> page(query, rows));
  }

  /** The same with the position of each version. */
  public Future<List<Row>> rows(EventQuery query) {
    // Replaced versions are read last: a version that is replaced in between is found there.
    return rows(current, query)
        .compose(
            there ->
                rows(replaced, query)
                    .map(before -> first(query, Stream.concat(there.stream(), before.stream()))));
  }

  /** The queries of one page. */
  Stream<FindPublisher<RawBsonDocument>> finds(EventQuery query) {
    return Stream.concat(current.stream(), replaced.stream()).map(kind -> kind.behind(query));
  }

  private static Future<List<Row>> rows(List<Kind> kinds, EventQuery query) {
    return Future.all(kinds.stream().map(kind -> rows(kind, query)).toList())
        .map(all -> all.<List<Row>>list().stream().flatMap(List::stream).toList());
  }

  private static Future<List<Row>> rows(Kind kind, EventQuery query) {
    return Streams.collect(kind.behind(query))
        .recover(MongoFailures::translate)
        .map(documents -> documents.stream().map(kind::row).toList());
  }

  /** Each kind contributes its first rows, so the first of all are among them. */
  private static List<Row> first(EventQuery query, Stream<Row> found) {
    return found.sorted(Row.ORDER).limit(query.limit()).toList();
  }

  private static EventPage page(EventQuery query, List<Row> rows) {
    List<StoredEvent> events = rows.stream().map(Row::event).toList();
    boolean mayBeMore = rows.size() == query.limit();
    return new EventPage(events, mayBeMore ? rows.get(rows.size() - 1).key() : null);
  }
}
