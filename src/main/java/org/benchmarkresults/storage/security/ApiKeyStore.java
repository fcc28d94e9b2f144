package org.benchmarkresults.storage.security;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.security.ApiKey;
import org.benchmarkresults.model.security.KeyFound;
import org.benchmarkresults.model.security.KeyList;
import org.benchmarkresults.model.security.KeyRef;
import org.benchmarkresults.model.security.KeyRevocation;
import org.benchmarkresults.model.security.KeyUse;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.jspecify.annotations.Nullable;

/** The API keys, one document each: their digests and what they open, never the keys. */
public final class ApiKeyStore {
  static final String COLLECTION = "api_keys";
  private static final String DIGEST = "digest";
  private static final String NOTE = "note";
  private static final String SCOPES = "scopes";
  private static final String BENCHMARK_PREFIX = "benchmark_prefix";
  private static final String CREATED_AT = "created_at";
  private static final String EXPIRES_AT = "expires_at";
  private static final String REVOKED_AT = "revoked_at";
  private static final String LAST_USED_AT = "last_used_at";
  private static final String DATE = "$date";

  private final MongoClient client;

  public ApiKeyStore(MongoClient client) {
    this.client = client;
  }

  public void serve(Bus bus) {
    bus.serve(Addresses.KEY, this::find);
    bus.serve(Addresses.KEYS, ask -> list());
    bus.serve(Addresses.ADD_KEY, this::add);
    bus.serve(Addresses.REVOKE_KEY, this::revoke);
    bus.serve(Addresses.KEY_USED, this::used);
  }

  /** Succeeds with the key, if there is one of the id; fails with Unavailable. */
  Future<KeyFound> find(KeyRef ref) {
    return client
        .findOne(COLLECTION, id(ref.id()), null)
        .recover(MongoFailures::translate)
        .map(found -> new KeyFound(found == null ? null : key(found)));
  }

  /** Succeeds with all keys; fails with Unavailable. */
  Future<KeyList> list() {
    FindOptions oldestFirst = new FindOptions().setSort(new JsonObject().put(CREATED_AT, 1));
    return client
        .findWithOptions(COLLECTION, new JsonObject(), oldestFirst)
        .recover(MongoFailures::translate)
        .map(found -> new KeyList(found.stream().map(ApiKeyStore::key).toList()));
  }

  /** Succeeds when the key is kept; fails with Unavailable. */
  Future<NoArguments> add(ApiKey key) {
    return client
        .insert(COLLECTION, document(key))
        .recover(MongoFailures::translate)
        .map(kept -> new NoArguments());
  }

  /** Succeeds with the revoked key, if there is one of the id; the first revocation stands. */
  Future<KeyFound> revoke(KeyRevocation revocation) {
    JsonObject notYet = id(revocation.id()).put(REVOKED_AT, null);
    return client
        .updateCollection(COLLECTION, notYet, set(REVOKED_AT, revocation.at()))
        .recover(MongoFailures::translate)
        .compose(done -> find(new KeyRef(revocation.id())));
  }

  /** Succeeds when it is kept; a later use stands whatever comes after it. */
  Future<NoArguments> used(KeyUse use) {
    JsonObject max =
        new JsonObject().put("$max", new JsonObject().put(LAST_USED_AT, moment(use.at())));
    return client
        .updateCollection(COLLECTION, id(use.id()), max)
        .recover(MongoFailures::translate)
        .map(kept -> new NoArguments());
  }

  private static JsonObject id(String id) {
    return new JsonObject().put(ResultDocument.ID, id);
  }

  private static JsonObject set(String field, Instant at) {
    return new JsonObject().put("$set", new JsonObject().put(field, moment(at)));
  }

  private static JsonObject document(ApiKey key) {
    return id(key.id())
        .put(DIGEST, key.digest().text())
        .put(NOTE, key.note())
        .put(SCOPES, new JsonArray(key.scopes().stream().map(Scope::text).toList()))
        .put(BENCHMARK_PREFIX, key.benchmarkPrefix())
        .put(CREATED_AT, moment(key.createdAt()))
        .put(EXPIRES_AT, moment(key.expiresAt()))
        .put(REVOKED_AT, moment(key.revokedAt()))
        .put(LAST_USED_AT, moment(key.lastUsedAt()));
  }

  private static ApiKey key(JsonObject document) {
    List<Scope> scopes =
        document.getJsonArray(SCOPES).stream()
            .flatMap(scope -> Scope.named(String.valueOf(scope)).stream())
            .toList();
    Instant created = moment(document, CREATED_AT);
    return new ApiKey(
        document.getString(ResultDocument.ID),
        new Digest(document.getString(DIGEST)),
        document.getString(NOTE),
        scopes,
        document.getString(BENCHMARK_PREFIX),
        created == null ? Instant.EPOCH : created,
        moment(document, EXPIRES_AT),
        moment(document, REVOKED_AT),
        moment(document, LAST_USED_AT));
  }

  private static @Nullable JsonObject moment(@Nullable Instant at) {
    return at == null ? null : new JsonObject().put(DATE, at.toString());
  }

  private static @Nullable Instant moment(JsonObject document, String field) {
    JsonObject date = document.getJsonObject(field);
    return date == null ? null : Instant.parse(date.getString(DATE));
  }
}
