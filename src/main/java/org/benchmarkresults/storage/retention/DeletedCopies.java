package org.benchmarkresults.storage.retention;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.search.FilterQuery;
import org.benchmarkresults.storage.security.PlannedEntry;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The deleted results of one stage: each the whole document it was, under {@code name@life}, with
 * {@code result_name}, {@code deleted_at} and the {@code deletion} that wrote it last.
 */
final class DeletedCopies {
  /** Changes whenever the copy is written, so that nobody removes one that was written anew. */
  static final String DELETION = "deletion";

  /** When a restore took hold of the copy. */
  static final String RESTORING = "restoring";

  /** When its removal for good began; from then on it cannot be restored. */
  static final String PURGING = ResultDocument.PURGING;

  /**
   * A copy as it was read.
   *
   * @param deletion which deletion wrote it
   */
  record Copy(String deletion, StoredResult result) {
    /** Matches the document until it is written anew. */
    JsonObject exactly() {
      return new JsonObject().put(ResultDocument.ID, result.id()).put(DELETION, deletion);
    }
  }

  /** The outcome of writing a copy. */
  enum Written {
    /** It was not there before. */
    ANEW,
    /** In place of one that was there, of this version or an earlier one. */
    OVER_ANOTHER,
    /** Not at all: there is one of a later version. */
    NOT
  }

  private final MongoClient client;
  private final MongoCollection<RawBsonDocument> raw;
  private final String collection;

  DeletedCopies(MongoClient client, MongoCollection<RawBsonDocument> raw, String collection) {
    this.client = client;
    this.raw = raw;
    this.collection = collection;
  }

  private static String id(StoredResult result) {
    return result.summary().resultName() + "@" + result.lineage().key();
  }

  /**
   * Writes a copy of the result's document.
   *
   * @param deletion a name of this attempt's own
   * @param change for the audit trail; null for none
   */
  Future<Written> write(
      StoredResult result,
      JsonObject document,
      String deletion,
      Instant now,
      @Nullable PlannedEntry change) {
    JsonObject copy =
        document
            .copy()
            .put(ResultDocument.ID, id(result))
            .put(ResultDocument.RESULT_NAME, result.summary().resultName())
            .put(ResultDocument.DELETED_AT, ResultDocument.date(now))
            .put(DELETION, deletion);
    if (change != null) {
      copy.put(ResultDocument.PENDING_AUDIT, DeletionAudit.pending(change));
    }
    return client
        .insert(collection, copy)
        .map(Written.ANEW)
        .recover(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? writeOver(result, copy)
                    : MongoFailures.translate(failure));
  }

  private Future<Written> writeOver(StoredResult result, JsonObject copy) {
    return client
        .replaceDocumentsWithOptions(
            collection, upTo(result, result.summary().version()), copy, new UpdateOptions())
        .recover(MongoFailures::translate)
        .map(replaced -> replaced.getDocMatched() == 1 ? Written.OVER_ANOTHER : Written.NOT);
  }

  private static JsonObject upTo(StoredResult result, int version) {
    return new JsonObject()
        .put(ResultDocument.ID, id(result))
        .put(ResultDocument.VERSION, new JsonObject().put("$lte", version));
  }

  /**
   * Takes a copy to remove it for good, after which nobody restores it.
   *
   * @param longAgo a restore that took hold of it before has ended
   */
  Future<Boolean> takeForGood(Copy copy, Instant longAgo, Instant now) {
    JsonArray notHeld =
        new JsonArray()
            .add(new JsonObject().putNull(RESTORING))
            .add(
                new JsonObject()
                    .put(RESTORING, new JsonObject().put("$lt", ResultDocument.date(longAgo))));
    JsonObject mark = new JsonObject().put(PURGING, ResultDocument.date(now));
    return client
        .updateCollectionWithOptions(
            collection,
            copy.exactly().put("$or", notHeld),
            new JsonObject().put("$set", mark),
            new UpdateOptions())
        .recover(MongoFailures::translate)
        .map(updated -> updated.getDocMatched() == 1);
  }

  static String newDeletion() {
    return UUID.randomUUID().toString();
  }

  /**
   * Succeeds with the latest deletion of the name that can be restored.
   *
   * @param benchmarkPrefix how the benchmark name begins; empty for any
   */
  Future<Optional<Copy>> newest(String resultName, String benchmarkPrefix) {
    Bson name = Filters.eq(ResultDocument.RESULT_NAME, resultName);
    Bson restorable = Filters.eq(PURGING, null);
    return Streams.collect(
            raw.find(Filters.and(name, restorable, FilterQuery.ofBenchmarks(benchmarkPrefix)))
                .sort(Sorts.descending(ResultDocument.DELETED_AT, ResultDocument.ID))
                .limit(1))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().findFirst().map(DeletedCopies::read));
  }

  static Copy read(RawBsonDocument document) {
    return new Copy(document.getString(DELETION).getValue(), ResultDocument.read(document));
  }

  /**
   * Takes hold of a copy, so that it is not removed for good while it is put back.
   *
   * <p>Succeeds with the document as it was when it was saved, null when it is another one now.
   */
  Future<@Nullable JsonObject> takeHold(Copy copy, Instant now) {
    JsonObject mark = new JsonObject().put(RESTORING, ResultDocument.date(now));
    return client
        .findOneAndUpdate(
            collection, copy.exactly().put(PURGING, null), new JsonObject().put("$set", mark))
        .recover(MongoFailures::translate)
        .map(DeletedCopies::asSaved);
  }

  private static @Nullable JsonObject asSaved(@Nullable JsonObject copy) {
    if (copy == null) {
      return null;
    }
    JsonObject document = copy.copy();
    document.put(ResultDocument.ID, document.remove(ResultDocument.RESULT_NAME));
    for (String own :
        List.of(
            ResultDocument.DELETED_AT,
            DELETION,
            RESTORING,
            PURGING,
            ResultDocument.PENDING_AUDIT)) {
      document.remove(own);
    }
    return document;
  }

  /** Removes the copy if it is still the one of that deletion; succeeds with whether it was. */
  Future<Boolean> removeExactly(Copy copy) {
    return remove(copy.exactly());
  }

  /** Removes the copy that the deletion wrote of the result, if it is still that one. */
  Future<Boolean> removeWritten(StoredResult result, String deletion) {
    return remove(new JsonObject().put(ResultDocument.ID, id(result)).put(DELETION, deletion));
  }

  /** Removes the copy of a life that is continued elsewhere from the version, if there is one. */
  Future<Boolean> removeUpTo(StoredResult result, int version) {
    return remove(upTo(result, version));
  }

  private Future<Boolean> remove(JsonObject query) {
    return client
        .removeDocument(collection, query)
        .recover(MongoFailures::translate)
        .map(removed -> removed.getRemovedCount() == 1);
  }
}
