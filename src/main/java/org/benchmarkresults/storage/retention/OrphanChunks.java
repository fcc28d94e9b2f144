package org.benchmarkresults.storage.retention;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.text.Uuid7;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.save.ChunkStore;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * Removes the chunks of one collection that a crash left: those of uploads that no document names,
 * once they are older than any request can be. Uploads of earlier releases tell no age and stay.
 */
final class OrphanChunks {
  /** From then on no request can still be about to name an upload. */
  static final Duration LEAST_AGE = Duration.ofDays(1);

  private static final int BATCH = 2_000;

  private final MongoCollection<RawBsonDocument> chunks;
  private final List<MongoCollection<RawBsonDocument>> namers;
  private final ChunkStore store;
  private String position;
  private long removed;

  /**
   * @param namers collections whose documents name uploads
   * @param position where the sweep before ended; empty for the first
   */
  private OrphanChunks(
      MongoClients clients, String collection, List<String> namers, String position) {
    this.position = position;
    chunks = clients.raw(collection);
    this.namers = namers.stream().map(clients::raw).toList();
    store = new ChunkStore(clients, collection);
  }

  /** The sweep of the chunks of a stage's large results. */
  static OrphanChunks ofResults(
      MongoClients clients, CollectionNames collections, Stage stage, String position) {
    // A result on its way between two of them is in the first of those asked or in both.
    List<String> namers =
        List.of(
            collections.results(stage),
            collections.versions(stage),
            collections.deleted(stage),
            collections.results(stage));
    return new OrphanChunks(clients, collections.chunks(stage), namers, position);
  }

  /** The sweep of the chunks of attachments of both stages; one document names each. */
  static OrphanChunks ofAttachments(
      MongoClients clients, CollectionNames collections, String position) {
    return new OrphanChunks(
        clients, collections.attachmentChunks(), List.of(collections.attachments()), position);
  }

  /** Everything before this was checked. */
  String position() {
    return position;
  }

  /** The number of uploads that were removed. */
  long removed() {
    return removed;
  }

  /**
   * Looks at some chunks; succeeds with how many, 0 when there are none left that are old enough.
   */
  Future<Integer> batch(Instant now) {
    Bson old =
        Filters.and(
            Filters.gt(ResultDocument.ID, position),
            Filters.lt(ResultDocument.ID, Uuid7.before(now.minus(LEAST_AGE))));
    return Streams.collect(
            chunks
                .find(old)
                .projection(Projections.include(ResultDocument.ID))
                .sort(Sorts.ascending(ResultDocument.ID))
                .limit(BATCH))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(chunk -> chunk.getString(ResultDocument.ID).getValue()))
        .compose(ids -> sweep(ids.toList()));
  }

  private Future<Integer> sweep(List<String> chunkIds) {
    Set<String> uploads = new LinkedHashSet<>();
    chunkIds.stream()
        .map(id -> id.substring(0, id.indexOf('/')))
        .filter(Uuid7::matches)
        .forEach(uploads::add);
    return withoutNamed(uploads)
        .compose(this::remove)
        .map(
            swept -> {
              position = chunkIds.isEmpty() ? position : chunkIds.get(chunkIds.size() - 1);
              return chunkIds.size();
            });
  }

  private Future<List<String>> withoutNamed(Set<String> uploads) {
    Future<Set<String>> left = Future.succeededFuture(uploads);
    for (MongoCollection<RawBsonDocument> namer : namers) {
      left = left.compose(unnamed -> withoutNamed(unnamed, namer));
    }
    return left.map(List::copyOf);
  }

  private static Future<Set<String>> withoutNamed(
      Set<String> uploads, MongoCollection<RawBsonDocument> namer) {
    if (uploads.isEmpty()) {
      return Future.succeededFuture(uploads);
    }
    return Streams.collect(
            namer
                .find(Filters.in(ResultDocument.UPLOAD, uploads))
                .projection(
                    Projections.fields(
                        Projections.include(ResultDocument.UPLOAD), Projections.excludeId())))
        .recover(MongoFailures::translate)
        .map(
            named -> {
              Set<String> unnamed = new LinkedHashSet<>(uploads);
              named.forEach(
                  document -> unnamed.remove(document.getString(ResultDocument.UPLOAD).getValue()));
              return unnamed;
            });
  }

  private Future<Void> remove(List<String> uploads) {
    Future<Void> done = Future.succeededFuture();
    for (String upload : uploads) {
      done = done.compose(before -> store.remove(upload));
    }
    return done.onSuccess(all -> removed += uploads.size());
  }
}
