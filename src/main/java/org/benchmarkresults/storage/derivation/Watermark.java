package org.benchmarkresults.storage.derivation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/**
 * How far the stored results and the deletions have been looked through. The position goes back
 * when a result arrives that was received long ago; each time that begins another walk, and a
 * position of an earlier walk is not stored.
 *
 * @param walk number of the walk
 * @param position behind the last version that was looked at
 * @param raw the last deletion of a raw input that was looked at
 * @param standardized the last deletion of a standardized output that was looked at
 */
record Watermark(long walk, PageKey position, Deletion raw, Deletion standardized) {
  private static final String ID_FIELD = "_id";
  private static final String ID = "watermark";
  private static final String WALK = "walk";
  private static final String AT = "at";
  private static final String KIND = "kind";
  private static final String KEY = "key";
  private static final String DELETED_AT = "deleted_at";
  private static final String DELETED_ID = "deleted_id";

  /** Behind this deletion the next one is looked at. */
  record Deletion(Instant at, String id) {}

  Deletion deletions(Stage stage) {
    return stage == Stage.RAW ? raw : standardized;
  }

  private static MongoCollection<BsonDocument> collection(OpenDatabase database) {
    return database
        .clients()
        .database()
        .getCollection(database.collections().derivationState(), BsonDocument.class);
  }

  /** Succeeds with the stored watermark; the first begins before all results. */
  static Future<Watermark> read(OpenDatabase database, Instant now) {
    MongoCollection<BsonDocument> states = collection(database);
    return Streams.collect(states.find(Filters.eq(ID_FIELD, ID)), states)
        .recover(MongoFailures::translate)
        .compose(
            found ->
                found.isEmpty()
                    ? begin(states, now).compose(begun -> read(database, now))
                    : Future.succeededFuture(of(found.get(0))));
  }

  private static Future<Void> begin(MongoCollection<BsonDocument> states, Instant now) {
    Bson first =
        Updates.combine(
            // Unlike that of a watermark that was dropped.
            Updates.setOnInsert(WALK, now.toEpochMilli()),
            Updates.setOnInsert(AT, Instant.EPOCH),
            Updates.setOnInsert(KIND, 0),
            Updates.setOnInsert(KEY, ""),
            Updates.setOnInsert(field(DELETED_AT, Stage.RAW), now),
            Updates.setOnInsert(field(DELETED_AT, Stage.STANDARDIZED), now));
    return Streams.collect(
            states.updateOne(Filters.eq(ID_FIELD, ID), first, new UpdateOptions().upsert(true)),
            states)
        .<Void>mapEmpty()
        .recover(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? Future.succeededFuture()
                    : MongoFailures.translate(failure));
  }

  private static Watermark of(BsonDocument document) {
    return new Watermark(
        document.getInt64(WALK).getValue(),
        new PageKey(
            null,
            null,
            Instant.ofEpochMilli(document.getDateTime(AT).getValue()),
            document.getInt32(KIND).getValue(),
            document.getString(KEY).getValue()),
        deletion(document, Stage.RAW),
        deletion(document, Stage.STANDARDIZED));
  }

  private static Deletion deletion(BsonDocument document, Stage stage) {
    return new Deletion(
        Instant.ofEpochMilli(
            document.getDateTime(field(DELETED_AT, stage), new BsonDateTime(0)).getValue()),
        document.getString(field(DELETED_ID, stage), new BsonString("")).getValue());
  }

  private static String field(String name, Stage stage) {
    return name + "_" + stage.path();
  }

  /** Stores a position of this walk, unless another walk has begun. */
  Future<Void> advance(OpenDatabase database, PageKey to) {
    return update(
        database,
        Filters.eq(WALK, new BsonInt64(walk)),
        Updates.combine(
            Updates.set(AT, to.receivedAt()),
            Updates.set(KIND, new BsonInt32(to.kind())),
            Updates.set(KEY, to.id())));
  }

  /** Stores the position in the deletions of a stage. */
  Future<Void> advance(OpenDatabase database, Stage stage, Deletion to) {
    return update(
        database,
        Filters.empty(),
        Updates.combine(
            Updates.set(field(DELETED_AT, stage), to.at()),
            Updates.set(field(DELETED_ID, stage), to.id())));
  }

  /** Goes back to a moment, when the position is behind it. */
  static Future<Void> goBack(OpenDatabase database, Instant to) {
    return update(
        database,
        Filters.gte(AT, to),
        Updates.combine(
            Updates.set(AT, to),
            Updates.set(KIND, 0),
            Updates.set(KEY, ""),
            Updates.inc(WALK, 1L)));
  }

  private static Future<Void> update(OpenDatabase database, Bson condition, Bson update) {
    MongoCollection<BsonDocument> states = collection(database);
    return Streams.collect(
            states.updateOne(Filters.and(Filters.eq(ID_FIELD, ID), condition), update), states)
        .recover(MongoFailures::translate)
        .mapEmpty();
  }
}
