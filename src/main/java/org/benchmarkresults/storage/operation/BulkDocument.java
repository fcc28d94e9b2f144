package org.benchmarkresults.storage.operation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.bus.RecordCodec;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.operation.BulkAction;
import org.benchmarkresults.model.operation.BulkChange;
import org.benchmarkresults.model.operation.BulkOperation;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.operation.BulkProgress.Failure;
import org.benchmarkresults.model.operation.BulkState;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.operation.action.StoredBulk;
import org.jspecify.annotations.Nullable;

/** A bulk operation as a document; every field name stands here once. */
final class BulkDocument {
  static final String STATE = "state";
  static final String CALLER = "caller";
  static final String TOKEN = "token";
  static final String COUNT = "count";
  static final String CHUNKS = "chunks";
  static final String NEXT = "next";
  static final String BEGUN = "begun";
  static final String CHECKED = "checked";
  static final String PROGRESS = "progress";
  static final String CREATED_AT = "created_at";
  static final String STARTED_AT = "started_at";
  static final String ENDED_AT = "ended_at";
  static final String ACTOR = "actor";

  /** There while a node has work with it. */
  static final String OPEN = "open";

  /** No node has work with it before this moment. */
  static final String NOT_BEFORE = "not_before";

  private static final String ACTION = "action";
  private static final String PURGE = "purge";
  private static final String LABELS = "labels";
  private static final String KEYS = "keys";
  private static final String REASON = "reason";
  private static final String STAGE = "stage";
  private static final String PARAMETERS = "parameters";
  private static final String SEARCH = "search";
  private static final String PREFIX = "prefix";
  private static final String EXPIRES_AT = "expires_at";
  private static final String HANDLED = "handled";
  private static final String DONE = "done";
  private static final String CHANGED = "changed";
  private static final String GONE = "gone";
  private static final String FAILED = "failed";
  private static final String CHANGED_NAMES = "changed_names";
  private static final String GONE_NAMES = "gone_names";
  private static final String FAILURES = "failures";
  private static final String NEW_MATCHES = "new_matches";
  private static final String NEW_NAMES = "new_names";
  private static final String NAME = "name";
  private static final String KEY = "k";
  private static final String VALUE = "v";
  private static final String ADDRESS = "address";
  private static final String REQUEST_ID = "request_id";

  private BulkDocument() {}

  static JsonObject of(BulkOperation operation, ObservedSearch search, String benchmarkPrefix) {
    BulkChange change = operation.change();
    JsonArray labels = new JsonArray();
    // A key of a label may hold dots and dollars.
    change
        .labels()
        .forEach((key, value) -> labels.add(new JsonObject().put(KEY, key).put(VALUE, value)));
    return new JsonObject()
        .put(ResultDocument.ID, operation.id())
        .put(STATE, operation.state().text())
        .put(ACTION, change.action().text())
        .put(PURGE, change.purge())
        .put(LABELS, labels)
        .put(KEYS, new JsonArray(change.keys()))
        .put(REASON, change.reason())
        .put(STAGE, operation.stage().path())
        .put(PARAMETERS, operation.parameters())
        .put(SEARCH, ResultDocument.binary(ByteBuffer.wrap(RecordCodec.bytes(search))))
        .put(PREFIX, benchmarkPrefix)
        .put(CALLER, operation.caller())
        .put(COUNT, operation.count())
        .put(CHUNKS, 0)
        .put(NEXT, 0)
        .put(BEGUN, 0)
        .put(CHECKED, 0)
        .put(PROGRESS, of(operation.progress()))
        .put(CREATED_AT, ResultDocument.date(operation.createdAt()))
        .put(EXPIRES_AT, ResultDocument.date(operation.expiresAt()));
  }

  static JsonObject of(BulkProgress progress) {
    JsonArray failures = new JsonArray();
    progress
        .failures()
        .forEach(
            one -> failures.add(new JsonObject().put(NAME, one.name()).put(REASON, one.reason())));
    return new JsonObject()
        .put(HANDLED, progress.handled())
        .put(DONE, progress.done())
        .put(CHANGED, progress.changed())
        .put(GONE, progress.gone())
        .put(FAILED, progress.failed())
        .put(CHANGED_NAMES, new JsonArray(progress.changedNames()))
        .put(GONE_NAMES, new JsonArray(progress.goneNames()))
        .put(FAILURES, failures)
        .put(NEW_MATCHES, progress.newMatches())
        .put(NEW_NAMES, new JsonArray(progress.newNames()));
  }

  static JsonObject of(Actor actor) {
    return new JsonObject()
        .put(CALLER, actor.caller())
        .put(ADDRESS, actor.address())
        .put(REQUEST_ID, actor.requestId());
  }

  static StoredBulk read(JsonObject document) {
    JsonObject actor = document.getJsonObject(ACTOR);
    return new StoredBulk(
        operation(document),
        RecordCodec.read(document.getJsonObject(SEARCH).getBinary("$binary"), ObservedSearch.class),
        document.getString(PREFIX),
        actor == null
            ? null
            : new Actor(
                actor.getString(CALLER), actor.getString(ADDRESS), actor.getString(REQUEST_ID)),
        document.getInteger(CHUNKS),
        document.getInteger(NEXT),
        document.getInteger(BEGUN),
        document.getInteger(CHECKED));
  }

  /** Needs no search. */
  static BulkOperation operation(JsonObject document) {
    return new BulkOperation(
        document.getString(ResultDocument.ID),
        BulkState.named(document.getString(STATE)),
        change(document),
        Stage.named(document.getString(STAGE)).orElseThrow(),
        document.getString(PARAMETERS),
        document.getString(CALLER),
        document.getLong(COUNT),
        progress(document.getJsonObject(PROGRESS)),
        moment(document.getJsonObject(CREATED_AT)),
        moment(document.getJsonObject(EXPIRES_AT)),
        optional(document.getJsonObject(STARTED_AT)),
        optional(document.getJsonObject(ENDED_AT)));
  }

  private static BulkChange change(JsonObject document) {
    Map<String, String> labels = new HashMap<>();
    document.getJsonArray(LABELS).stream()
        .map(JsonObject.class::cast)
        .forEach(label -> labels.put(label.getString(KEY), label.getString(VALUE)));
    return new BulkChange(
        BulkAction.named(document.getString(ACTION)).orElseThrow(),
        document.getBoolean(PURGE),
        labels,
        texts(document.getJsonArray(KEYS)),
        document.getString(REASON));
  }

  private static BulkProgress progress(JsonObject progress) {
    return new BulkProgress(
        progress.getLong(HANDLED),
        progress.getLong(DONE),
        progress.getLong(CHANGED),
        progress.getLong(GONE),
        progress.getLong(FAILED),
        texts(progress.getJsonArray(CHANGED_NAMES)),
        texts(progress.getJsonArray(GONE_NAMES)),
        progress.getJsonArray(FAILURES).stream()
            .map(JsonObject.class::cast)
            .map(one -> new Failure(one.getString(NAME), one.getString(REASON)))
            .toList(),
        progress.getLong(NEW_MATCHES),
        texts(progress.getJsonArray(NEW_NAMES)));
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }

  private static @Nullable Instant optional(@Nullable JsonObject date) {
    return date == null ? null : moment(date);
  }

  private static Instant moment(JsonObject date) {
    return Instant.parse(date.getString("$date"));
  }
}
