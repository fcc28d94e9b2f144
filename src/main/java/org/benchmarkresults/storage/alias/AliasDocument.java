package org.benchmarkresults.storage.alias;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.alias.ModelAliases;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.storage.document.ResultDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The document with all aliases.
 *
 * @param revision 0 when there is no document
 * @param lastChange the audit entry of the change that made this revision; null when it has none
 */
record AliasDocument(long revision, List<ModelAliases> models, @Nullable LastChange lastChange) {
  static final String ID = "aliases";
  static final String REVISION = "revision";
  private static final AliasDocument NONE = new AliasDocument(0, List.of(), null);
  private static final String MODELS = "models";
  private static final String MODEL = "model";
  private static final String ALIASES = "aliases";
  private static final String CALLER = "caller";
  private static final String AT = "at";
  private static final String LAST_CHANGE = "last_change";
  private static final String ACTION = "action";
  private static final String ADDRESS = "address";
  private static final String REQUEST_ID = "request_id";

  AliasDocument {
    models = List.copyOf(models);
  }

  /** An audit entry, which may have been written already. */
  record LastChange(ObjectId id, AuditEntry entry) {}

  static AliasDocument of(@Nullable JsonObject document) {
    if (document == null) {
      return NONE;
    }
    JsonObject last = document.getJsonObject(LAST_CHANGE);
    return new AliasDocument(
        document.getLong(REVISION),
        document.getJsonArray(MODELS).stream()
            .map(JsonObject.class::cast)
            .map(AliasDocument::list)
            .toList(),
        last == null ? null : lastChange(last));
  }

  private static ModelAliases list(JsonObject list) {
    return new ModelAliases(
        list.getString(MODEL),
        list.getJsonArray(ALIASES).stream().map(String.class::cast).toList(),
        list.getString(CALLER),
        Instant.parse(list.getString(AT)),
        list.getLong(REVISION));
  }

  private static LastChange lastChange(JsonObject last) {
    return new LastChange(
        new ObjectId(last.getString(ResultDocument.ID)),
        AuditEntry.ofModel(
            Instant.parse(last.getString(AT)),
            AuditEntry.Action.named(last.getString(ACTION)).orElseThrow(),
            last.getString(MODEL),
            new Actor(
                last.getString(CALLER), last.getString(ADDRESS), last.getString(REQUEST_ID))));
  }

  JsonObject toJson() {
    JsonArray lists = new JsonArray();
    for (ModelAliases list : models) {
      lists.add(
          new JsonObject()
              .put(MODEL, list.modelId())
              .put(ALIASES, new JsonArray(list.aliases()))
              .put(CALLER, list.changedBy())
              .put(AT, list.changedAt().toString())
              .put(REVISION, list.revision()));
    }
    JsonObject document =
        new JsonObject().put(ResultDocument.ID, ID).put(REVISION, revision).put(MODELS, lists);
    return lastChange == null ? document : document.put(LAST_CHANGE, toJson(lastChange));
  }

  private static JsonObject toJson(LastChange last) {
    AuditEntry entry = last.entry();
    return new JsonObject()
        .put(ResultDocument.ID, last.id().toHexString())
        .put(AT, entry.at().toString())
        .put(ACTION, entry.action().text())
        .put(MODEL, entry.modelId())
        .put(CALLER, entry.caller())
        .put(ADDRESS, entry.address())
        .put(REQUEST_ID, entry.requestId());
  }
}
