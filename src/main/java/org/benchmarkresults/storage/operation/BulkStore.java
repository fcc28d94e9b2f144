package org.benchmarkresults.storage.operation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.operation.BulkOperation;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.operation.BulkState;
import org.benchmarkresults.model.operation.BulkViewer;
import org.benchmarkresults.model.text.Uuid7;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.operation.action.StoredBulk;
import org.jspecify.annotations.Nullable;

/**
 * The documents of bulk operations. Each step of a run is written by compare-and-set on the number
 * of the next chunk, so that no result is counted twice. Fails with {@code Unavailable}.
 */
final class BulkStore {
  /** Open operations that a node works on in turns. */
  private static final int MOST_OPEN = 16;

  private final MongoClient client;
  private final String collection;

  BulkStore(OpenDatabase database) {
    client = database.clients().vertxClient();
    collection = database.collections().bulkOperations();
  }

  Future<Void> insert(BulkOperation operation, ObservedSearch search, String benchmarkPrefix) {
    return client
        .insert(collection, BulkDocument.of(operation, search, benchmarkPrefix))
        .recover(MongoFailures::translate)
        .mapEmpty();
  }

  /** The set is complete. */
  Future<Void> ready(String id, long count, int chunks, String token) {
    return update(
            id(id),
            set(BulkDocument.STATE, BulkState.READY.text())
                .put(BulkDocument.COUNT, count)
                .put(BulkDocument.CHUNKS, chunks)
                .put(BulkDocument.TOKEN, token))
        .mapEmpty();
  }

  /** Succeeds with the operation of an id and, unless it is null, of a token. */
  Future<Optional<StoredBulk>> find(String id, @Nullable String token) {
    JsonObject query = id(id);
    if (token != null) {
      query.put(BulkDocument.TOKEN, token);
    }
    return client
        .findOne(collection, query, null)
        .recover(MongoFailures::translate)
        .map(found -> Optional.ofNullable(found).map(BulkDocument::read));
  }

  /** Succeeds with the latest operations that were not only being collected. */
  Future<List<BulkOperation>> latest(BulkViewer viewer, int limit) {
    JsonObject query =
        new JsonObject()
            .put(BulkDocument.STATE, new JsonObject().put("$ne", BulkState.COLLECTING.text()));
    if (!viewer.seesAll()) {
      query.put(BulkDocument.CALLER, viewer.caller());
    }
    FindOptions newestFirst =
        new FindOptions().setSort(new JsonObject().put(ResultDocument.ID, -1)).setLimit(limit);
    return client
        .findWithOptions(collection, query, newestFirst)
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(BulkDocument::operation).toList());
  }

  /** Succeeds with the operations that a node should work on now, the oldest first. */
  Future<List<StoredBulk>> open(Instant now) {
    JsonObject query =
        new JsonObject()
            .put(BulkDocument.OPEN, true)
            .put(BulkDocument.NOT_BEFORE, new JsonObject().put("$lte", ResultDocument.date(now)));
    FindOptions oldestFirst =
        new FindOptions().setSort(new JsonObject().put(ResultDocument.ID, 1)).setLimit(MOST_OPEN);
    return client
        .findWithOptions(collection, query, oldestFirst)
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(BulkDocument::read).toList());
  }

  /** Begins the run; without effect unless the operation is ready. */
  Future<Boolean> start(String id, Instant now, @Nullable Actor actor) {
    JsonObject started =
        set(BulkDocument.STATE, BulkState.RUNNING.text())
            .put(BulkDocument.STARTED_AT, ResultDocument.date(now))
            .put(BulkDocument.OPEN, true)
            .put(BulkDocument.NOT_BEFORE, ResultDocument.date(now));
    if (actor != null) {
      started.put(BulkDocument.ACTOR, BulkDocument.of(actor));
    }
    return update(inState(id, BulkState.READY), started);
  }

  /** Has a run end after its chunk; without effect on one that does not run. */
  Future<Boolean> cancelRun(String id) {
    return update(
        inState(id, BulkState.RUNNING), set(BulkDocument.STATE, BulkState.CANCELLING.text()));
  }

  /** Withdraws the token of an operation that was not run. */
  Future<Boolean> withdraw(String id, Instant now) {
    return update(
        inState(id, BulkState.READY),
        set(BulkDocument.STATE, BulkState.CANCELLED.text())
            .put(BulkDocument.ENDED_AT, ResultDocument.date(now)));
  }

  Future<Void> matched(String id, long newMatches, List<String> newNames) {
    return update(
            id(id),
            new JsonObject()
                .put(BulkDocument.PROGRESS + ".new_matches", newMatches)
                .put(BulkDocument.PROGRESS + ".new_names", new JsonArray(newNames)))
        .mapEmpty();
  }

  /** Notes that the next chunk is begun. */
  Future<Void> begun(StoredBulk bulk) {
    return update(id(bulk.id()), set(BulkDocument.BEGUN, bulk.next() + 1)).mapEmpty();
  }

  /** Notes what became of the next chunk, once. */
  Future<Void> advance(StoredBulk bulk, BulkProgress ofChunk, Instant notBefore) {
    JsonObject query = id(bulk.id()).put(BulkDocument.NEXT, bulk.next());
    BulkProgress progress = bulk.operation().progress().plus(ofChunk);
    return update(
            query,
            set(BulkDocument.NEXT, bulk.next() + 1)
                .put(BulkDocument.PROGRESS, BulkDocument.of(progress))
                .put(BulkDocument.NOT_BEFORE, ResultDocument.date(notBefore)))
        .mapEmpty();
  }

  Future<Void> checked(StoredBulk bulk) {
    return update(id(bulk.id()), set(BulkDocument.CHECKED, bulk.checked() + 1)).mapEmpty();
  }

  /**
   * Ends a run.
   *
   * @param openFrom when a node has work with it once more; null for never
   */
  Future<Void> end(String id, BulkState state, Instant now, @Nullable Instant openFrom) {
    JsonObject ended =
        set(BulkDocument.STATE, state.text()).put(BulkDocument.ENDED_AT, ResultDocument.date(now));
    return openFrom == null
        ? update(id(id), ended, closing()).mapEmpty()
        : update(id(id), ended.put(BulkDocument.NOT_BEFORE, ResultDocument.date(openFrom)))
            .mapEmpty();
  }

  /** No node has work with it any more. */
  Future<Void> close(String id) {
    return update(id(id), new JsonObject(), closing()).mapEmpty();
  }

  private static JsonObject closing() {
    return new JsonObject().put(BulkDocument.OPEN, "").put(BulkDocument.NOT_BEFORE, "");
  }

  /**
   * Succeeds with the ids of some operations that are closed and were begun before a moment.
   *
   * @param started whether they were run
   */
  Future<List<String>> closedBefore(Instant moment, boolean started) {
    JsonObject query =
        new JsonObject()
            .put(ResultDocument.ID, new JsonObject().put("$lt", Uuid7.before(moment)))
            .put(BulkDocument.OPEN, new JsonObject().put("$exists", false))
            .put(BulkDocument.STARTED_AT, new JsonObject().put("$exists", started));
    FindOptions ids =
        new FindOptions().setFields(new JsonObject().put(ResultDocument.ID, 1)).setLimit(100);
    return client
        .findWithOptions(collection, query, ids)
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(one -> one.getString(ResultDocument.ID)).toList());
  }

  Future<Void> remove(String id) {
    return client.removeDocument(collection, id(id)).recover(MongoFailures::translate).mapEmpty();
  }

  private static JsonObject id(String id) {
    return new JsonObject().put(ResultDocument.ID, id);
  }

  private static JsonObject inState(String id, BulkState state) {
    return id(id).put(BulkDocument.STATE, state.text());
  }

  private static JsonObject set(String field, Object value) {
    return new JsonObject().put(field, value);
  }

  private Future<Boolean> update(JsonObject query, JsonObject fields) {
    return update(query, fields, new JsonObject());
  }

  private Future<Boolean> update(JsonObject query, JsonObject fields, JsonObject unset) {
    JsonObject update = new JsonObject();
    if (!fields.isEmpty()) {
      update.put("$set", fields);
    }
    if (!unset.isEmpty()) {
      update.put("$unset", unset);
    }
    return client
        .updateCollectionWithOptions(collection, query, update, new UpdateOptions())
        .recover(MongoFailures::translate)
        .map(updated -> updated.getDocMatched() == 1);
  }
}
