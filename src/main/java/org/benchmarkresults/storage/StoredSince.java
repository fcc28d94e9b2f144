package org.benchmarkresults.storage;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.benchmarkresults.model.EventPage;
import org.benchmarkresults.model.EventQuery;
import org.benchmarkresults.model.Stage;
import org.benchmarkresults.model.StoredEvent;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was received since some moment, of both stages and with every version: first versions,
 * later ones, and those that later ones took the place of, each by an index of its own. Stateless.
 */
final class StoredSince {
  /** So many times more are read when one millisecond fills a page. */
  private static final int WIDER = 8;

  /** One kind of documents, found in the order of the field. */
  private record Source(
      Stage stage,
      MongoCollection<RawBsonDocument> documents,
      String field,
      Bson condition,
      @Nullable String index) {
    FindPublisher<RawBsonDocument> since(EventQuery query) {
      FindPublisher<RawBsonDocument> found =
          documents
              .find(Filters.and(Filters.gte(field, Date.from(query.from())), condition))
              .projection(ResultDocument.SUMMARY)
              .sort(Sorts.ascending(field))
              .limit(query.limit())
              .batchSize(query.limit() + 1);
      return index == null ? found : found.hintString(index);
    }
  }

  private final List<Source> sources = new ArrayList<>();

  /**
   * @param isIndexed whether the database uses indexes
   */
  StoredSince(MongoClients clients, Collections collections, boolean isIndexed) {
    for (Stage stage : Stage.values()) {
      MongoCollection<RawBsonDocument> results = clients.raw(collections.results(stage));
      sources.add(
          new Source(
              stage,
              results,
              ResultDocument.FIRST_RECEIVED_AT,
              Filters.eq(ResultDocument.VERSION, 1),
              isIndexed ? Indexes.RECEIVED : null));
      sources.add(
          new Source(
              stage,
              results,
              ResultDocument.RECEIVED_AT,
              Filters.gt(ResultDocument.VERSION, 1),
              isIndexed ? Indexes.VERSION_RECEIVED : null));
      sources.add(
          new Source(
              stage,
              clients.raw(collections.versions(stage)),
              ResultDocument.RECEIVED_AT,
              Filters.empty(),
              isIndexed ? Indexes.VERSION_RECEIVED : null));
    }
  }

  /** Succeeds with a page, in the order of receipt; fails with {@code Unavailable}. */
  Future<EventPage> page(EventQuery query) {
    List<Future<List<StoredEvent>>> all =
        sources.stream().map(source -> events(source, query)).toList();
    return Future.all(all).compose(found -> page(query, found.list()));
  }

  private static Future<List<StoredEvent>> events(Source source, EventQuery query) {
    return Streams.collect(source.since(query))
        .recover(MongoFailures::understood)
        .map(
            documents ->
                documents.stream()
                    .map(document -> ResultDocument.read(document).summary())
                    .map(summary -> StoredEvent.of(source.stage, summary))
                    .toList());
  }

  private Future<EventPage> page(EventQuery query, List<List<StoredEvent>> found) {
    Instant complete =
        found.stream()
            .filter(events -> events.size() == query.limit())
            .map(events -> events.get(events.size() - 1).receivedAt())
            .min(Comparator.naturalOrder())
            .orElse(null);
    if (query.from().equals(complete)) {
      return page(new EventQuery(query.from(), query.limit() * WIDER));
    }
    List<StoredEvent> events =
        found.stream()
            .flatMap(List::stream)
            .filter(event -> complete == null || event.receivedAt().isBefore(complete))
            .sorted(Comparator.comparing(StoredEvent::receivedAt))
            .toList();
    return Future.succeededFuture(new EventPage(Objects.requireNonNull(events), complete));
  }
}
