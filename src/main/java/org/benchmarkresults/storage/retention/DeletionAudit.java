package org.benchmarkresults.storage.retention;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.storage.document.Generation;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.security.AuditTrail;
import org.benchmarkresults.storage.security.PlannedEntry;
import org.bson.types.ObjectId;

/**
 * Writes the audit entries of the deletions of one stage. Each entry is kept in the copy of its
 * deleted result until it is in the audit trail, so a crash or an unavailable database in between
 * loses none.
 */
public final class DeletionAudit {
  private static final String ENTRY = "entry";
  private static final String AT = "at";
  private static final String CALLER = "caller";
  private static final String ADDRESS = "address";
  private static final String REQUEST_ID = "request_id";
  private static final int BATCH = 100;

  private final MongoClient client;
  private final String results;
  private final String deleted;
  private final Stage stage;
  private final AuditTrail trail;

  public DeletionAudit(
      MongoClient client, CollectionNames collections, Stage stage, AuditTrail trail) {
    this.client = client;
    this.stage = stage;
    this.trail = trail;
    results = collections.results(stage);
    deleted = collections.deleted(stage);
  }

  /** The audit entry as a copy holds it. Its id makes writing it again harmless. */
  static JsonObject pending(PlannedEntry planned) {
    AuditEntry change = planned.entry();
    return new JsonObject()
        .put(ENTRY, planned.id().toHexString())
        .put(AT, ResultDocument.date(change.at()))
        .put(CALLER, change.caller())
        .put(ADDRESS, change.address())
        .put(REQUEST_ID, change.requestId());
  }

  /** Writes the entries of one name that are pending; succeeds when they are safe. */
  public Future<Void> complete(String resultName) {
    return complete(new JsonObject().put(ResultDocument.RESULT_NAME, resultName));
  }

  /** Writes the entries of some names that are pending; succeeds when they are safe. */
  public Future<Void> complete(List<String> resultNames) {
    JsonObject named = new JsonObject().put("$in", new JsonArray(resultNames));
    return complete(new JsonObject().put(ResultDocument.RESULT_NAME, named), resultNames.size());
  }

  /** Writes some of the entries that are pending; succeeds when they are safe. */
  public Future<Void> completeSome() {
    return complete(new JsonObject());
  }

  /**
   * Writes the entries of deletions that were planned with them, if they are pending; succeeds when
   * they are safe. Unlike {@link #complete(String)} it needs a few operations for all.
   */
  public Future<Void> completePlanned(Collection<PlannedEntry> deleted) {
    JsonArray ids = new JsonArray();
    JsonArray names = new JsonArray();
    deleted.forEach(
        one -> {
          ids.add(one.id().toHexString());
          names.add(one.entry().resultName());
        });
    JsonObject pending =
        new JsonObject()
            .put(ResultDocument.RESULT_NAME, new JsonObject().put("$in", names))
            .put(ResultDocument.PENDING_AUDIT + "." + ENTRY, new JsonObject().put("$in", ids));
    JsonObject written =
        new JsonObject().put("$unset", new JsonObject().put(ResultDocument.PENDING_AUDIT, ""));
    return deleted.isEmpty()
        ? Future.succeededFuture()
        : trail
            .addPlanned(List.copyOf(deleted))
            .compose(
                added ->
                    client.updateCollectionWithOptions(
                        this.deleted, pending, written, new UpdateOptions().setMulti(true)))
            .recover(MongoFailures::translate)
            .mapEmpty();
  }

  private Future<Void> complete(JsonObject query) {
    return complete(query, BATCH);
  }

  private Future<Void> complete(JsonObject query, int most) {
    JsonObject fields = new JsonObject();
    for (String field :
        List.of(
            ResultDocument.PENDING_AUDIT,
            ResultDocument.RESULT_NAME,
            ResultDocument.FIRST_RECEIVED_AT,
            Generation.LIFE,
            DeletedCopies.DELETION)) {
      fields.put(field, 1);
    }
    return client
        .findWithOptions(
            deleted,
            query.put(ResultDocument.PENDING_AUDIT, new JsonObject().put("$exists", true)),
            new FindOptions().setFields(fields).setLimit(most))
        .recover(MongoFailures::translate)
        .compose(
            copies -> {
              Future<Void> done = Future.succeededFuture();
              for (JsonObject copy : copies) {
                done =
                    done.compose(
                        before -> complete(copy, copy.getJsonObject(ResultDocument.PENDING_AUDIT)));
              }
              return done;
            });
  }

  private Future<Void> completeOne(JsonObject copy, JsonObject pending) {
    AuditEntry change =
        AuditEntry.ofResult(
            Instant.parse(pending.getJsonObject(AT).getString("$date")),
            Action.DELETED,
            stage,
            copy.getString(ResultDocument.RESULT_NAME),
            null,
            new Actor(
                pending.getString(CALLER),
                pending.getString(ADDRESS),
                pending.getString(REQUEST_ID)));
    JsonObject exactly =
        new JsonObject()
            .put(ResultDocument.ID, copy.getString(ResultDocument.ID))
            .put(DeletedCopies.DELETION, copy.getString(DeletedCopies.DELETION));
    JsonObject written =
        new JsonObject().put("$unset", new JsonObject().put(ResultDocument.PENDING_AUDIT, ""));
    return trail
        .add(new ObjectId(pending.getString(ENTRY)), change)
        .compose(
            added ->
                client
                    .updateCollectionWithOptions(deleted, exactly, written, new UpdateOptions())
                    .recover(MongoFailures::translate))
        .mapEmpty();
  }

  /** A result is copied before it is removed: while it is there it is not deleted. */
  private Future<Void> complete(JsonObject copy, JsonObject pending) {
    JsonObject live =
        new JsonObject()
            .put(ResultDocument.ID, copy.getString(ResultDocument.RESULT_NAME))
            .put(Generation.LIFE, copy.getString(Generation.LIFE))
            .put(
                ResultDocument.FIRST_RECEIVED_AT,
                copy.getJsonObject(ResultDocument.FIRST_RECEIVED_AT));
    return client
        .findOne(results, live, new JsonObject().put(ResultDocument.ID, 1))
        .recover(MongoFailures::translate)
        .compose(found -> found == null ? completeOne(copy, pending) : Future.succeededFuture());
  }
}
