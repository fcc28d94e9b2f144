package org.benchmarkresults.storage;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.text.Timestamps;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonNull;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Sets the instant of results of earlier releases that did not understand the spelling of their
 * timestamp. Runs once per database; idempotent, so that several nodes may run it at once.
 */
final class InstantUpgrade {
  private static final String COLLECTION = "upgrades";
  private static final String UPGRADE = "instants";
  private static final String READING = "reading";

  /** Incremented whenever {@link Timestamps} understands more spellings. */
  private static final int CURRENT_READING = 2;

  private static final int BATCH = 500;

  private final MongoClients clients;
  private final MongoClient client;
  private final CollectionNames collections;

  InstantUpgrade(MongoClients clients, CollectionNames collections) {
    this.clients = clients;
    this.collections = collections;
    client = clients.vertxClient();
  }

  /** Succeeds when the upgrade is done, now or before; fails with {@code Unavailable}. */
  Future<Void> run() {
    JsonObject id = new JsonObject().put(ResultDocument.ID, UPGRADE);
    return client
        .findOne(COLLECTION, id, null)
        .recover(MongoFailures::translate)
        .compose(
            done ->
                done != null && done.getInteger(READING, 0) >= CURRENT_READING
                    ? Future.succeededFuture()
                    : upgrade(id));
  }

  private Future<Void> upgrade(JsonObject id) {
    Future<Void> upgraded = Future.succeededFuture();
    for (Stage stage : Stage.values()) {
      for (String name :
          List.of(
              collections.results(stage),
              collections.versions(stage),
              collections.deleted(stage))) {
        upgraded = upgraded.compose(before -> upgrade(clients.raw(name), null));
      }
    }
    return upgraded.compose(
        done ->
            client
                .replaceDocumentsWithOptions(
                    COLLECTION,
                    id,
                    id.copy().put(READING, CURRENT_READING),
                    new UpdateOptions().setUpsert(true))
                .recover(MongoFailures::translate)
                .mapEmpty());
  }

  private static Future<Void> upgrade(
      MongoCollection<RawBsonDocument> collection, @Nullable String after) {
    Bson none = Filters.eq(ResultDocument.INSTANT, BsonNull.VALUE);
    Bson query = after == null ? none : Filters.and(none, Filters.gt(ResultDocument.ID, after));
    return Streams.collect(
            collection
                .find(query)
                .projection(Projections.include(ResultDocument.TIMESTAMP))
                .sort(Sorts.ascending(ResultDocument.ID))
                .limit(BATCH))
        .recover(MongoFailures::translate)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture()
                    : write(collection, updates(found))
                        .compose(written -> upgrade(collection, id(found.get(found.size() - 1)))));
  }

  private static List<UpdateOneModel<RawBsonDocument>> updates(List<RawBsonDocument> documents) {
    List<UpdateOneModel<RawBsonDocument>> updates = new ArrayList<>();
    for (RawBsonDocument document : documents) {
      String timestamp = document.getString(ResultDocument.TIMESTAMP).getValue();
      Instant instant = Timestamps.instantOf(timestamp);
      if (instant != null) {
        Bson unchanged =
            Filters.and(
                Filters.eq(ResultDocument.ID, id(document)),
                Filters.eq(ResultDocument.TIMESTAMP, timestamp),
                Filters.eq(ResultDocument.INSTANT, BsonNull.VALUE));
        updates.add(new UpdateOneModel<>(unchanged, Updates.set(ResultDocument.INSTANT, instant)));
      }
    }
    return updates;
  }

  private static Future<Void> write(
      MongoCollection<RawBsonDocument> collection, List<UpdateOneModel<RawBsonDocument>> updates) {
    return updates.isEmpty()
        ? Future.succeededFuture()
        : Streams.collect(collection.bulkWrite(updates))
            .recover(MongoFailures::translate)
            .mapEmpty();
  }

  private static String id(RawBsonDocument document) {
    return document.getString(ResultDocument.ID).getValue();
  }
}
