package org.benchmarkresults.storage.retention;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.KeysetOrder;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.retention.DeletedCopies.Copy;
import org.bson.BsonDateTime;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Removes the copies of one stage that a deletion or a restore left beside the live result when its
 * node died, so that what is there is not listed as deleted too.
 */
final class StaleCopies {
  private static final int BATCH = 500;
  private static final KeysetOrder OLDEST_FIRST =
      KeysetOrder.ascending(ResultDocument.DELETED_AT, ResultDocument.ID);

  private final MongoCollection<RawBsonDocument> results;
  private final MongoCollection<RawBsonDocument> deleted;
  private final DeletedCopies copies;
  private final Instant from;
  private @Nullable Copy last;

  /**
   * @param from when the earliest deletion was that has not been looked at
   */
  StaleCopies(MongoClients clients, CollectionNames collections, Stage stage, Instant from) {
    this.from = from;
    results = clients.raw(collections.results(stage));
    deleted = clients.raw(collections.deleted(stage));
    copies = new DeletedCopies(clients.vertxClient(), deleted, collections.deleted(stage));
  }

  /** Looks at some copies; succeeds with how many, 0 when none are left that are old enough. */
  Future<Integer> batch(Instant before) {
    return Streams.collect(
            deleted
                .find(Filters.and(behindLast(), Purge.deletedBefore(before)))
                .projection(Projections.exclude(ResultDocument.DATA))
                .sort(OLDEST_FIRST.sort())
                .limit(BATCH))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(DeletedCopies::read).toList())
        .compose(found -> tidy(found).map(found.size()));
  }

  private Bson behindLast() {
    Copy seen = last;
    if (seen == null || seen.result().deletedAt() == null) {
      return Filters.gte(ResultDocument.DELETED_AT, from);
    }
    Instant moment = seen.result().deletedAt();
    return OLDEST_FIRST.after(
        new BsonDateTime(moment.toEpochMilli()), new BsonString(seen.result().id()));
  }

  private Future<Void> tidy(List<Copy> found) {
    if (found.isEmpty()) {
      return Future.succeededFuture();
    }
    List<String> names =
        found.stream().map(copy -> copy.result().summary().resultName()).distinct().toList();
    return Streams.collect(
            results
                .find(Filters.in(ResultDocument.ID, names))
                .projection(Projections.exclude(ResultDocument.DATA)))
        .recover(MongoFailures::translate)
        .map(
            live ->
                live.stream()
                    .map(ResultDocument::read)
                    .collect(Collectors.toMap(StoredResult::id, Function.identity())))
        .compose(live -> tidy(found, live))
        .onSuccess(tidied -> last = found.get(found.size() - 1));
  }

  private Future<Void> tidy(List<Copy> found, Map<String, StoredResult> live) {
    Future<?> done = Future.succeededFuture();
    for (Copy copy : found) {
      StoredResult holder = live.get(copy.result().summary().resultName());
      if (holder != null && Purge.isLeftOver(copy, holder)) {
        done = done.compose(before -> copies.removeExactly(copy));
      }
    }
    return done.mapEmpty();
  }
}
