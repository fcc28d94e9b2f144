package org.benchmarkresults.storage.derivation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.derivation.PendingQuery;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The catalogs of adapters that results were read with, in the order in which they came. A catalog
 * has a rank by that order; one that only lacks what another has never gets one. Confined to one
 * event loop.
 */
final class AdapterCatalogs {
  /** The rank of a catalog that is not known. */
  static final int UNKNOWN = 0;

  private static final String ID = "_id";
  private static final String CATALOGS = "catalogs";
  private static final String VERSIONS = "versions";
  private static final String COUNT = "count";
  private static final String NAME = "n";
  private static final String VERSION = "v";

  /** Until an unknown catalog is looked for again. */
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private final OpenDatabase database;
  private final AdapterUpgrades upgrades;
  private List<String> known = List.of();
  private Map<String, Integer> versions = Map.of();
  private Instant nextRead = Instant.EPOCH;

  AdapterCatalogs(OpenDatabase database, AdapterUpgrades upgrades) {
    this.database = database;
    this.upgrades = upgrades;
  }

  /** Succeeds with the rank of a catalog; fails with {@code Unavailable}. */
  Future<Integer> rank(String catalog) {
    int rank = known(catalog);
    Instant now = database.clock().instant();
    if (rank != UNKNOWN || now.isBefore(nextRead)) {
      return Future.succeededFuture(rank);
    }
    nextRead = now.plus(REMEMBERED);
    return read().map(done -> known(catalog));
  }

  private int known(String catalog) {
    return known.indexOf(catalog) + 1;
  }

  /** The same; a catalog with an adapter that is newer than all before becomes the newest. */
  Future<Integer> register(PendingQuery query) {
    return known(query.catalog()) != UNKNOWN
        ? Future.succeededFuture(known(query.catalog()))
        : read().compose(done -> add(query));
  }

  /** Forgets what was read, after the collection was dropped. */
  void forget() {
    known = List.of();
    versions = Map.of();
    nextRead = Instant.EPOCH;
  }

  private Future<Integer> add(PendingQuery query) {
    if (known(query.catalog()) != UNKNOWN) {
      return Future.succeededFuture(known(query.catalog()));
    }
    Map<String, Integer> raised = new HashMap<>(query.adapters());
    raised.entrySet().removeIf(one -> one.getValue() <= versions.getOrDefault(one.getKey(), 0));
    boolean isOlder =
        versions.entrySet().stream()
            .anyMatch(one -> query.adapters().getOrDefault(one.getKey(), 0) < one.getValue());
    if (raised.isEmpty() && isOlder) {
      return Future.succeededFuture(UNKNOWN);
    }
    int rank = known.size() + 1;
    Future<Void> begun =
        known.isEmpty() ? Future.succeededFuture() : upgrades.begin(raised, versions, rank);
    return begun
        .compose(done -> store(query, raised))
        .compose(stored -> read())
        .map(read -> known(query.catalog()));
  }

  /** Stores the catalog, unless another one was stored meanwhile. */
  private Future<Void> store(PendingQuery query, Map<String, Integer> raised) {
    Map<String, Integer> all = new HashMap<>(versions);
    all.putAll(raised);
    BsonArray elements = new BsonArray();
    all.forEach(
        (name, version) ->
            elements.add(
                new BsonDocument(NAME, new BsonString(name))
                    .append(VERSION, new BsonInt32(version))));
    List<String> catalogs = new ArrayList<>(known);
    catalogs.add(query.catalog());
    MongoCollection<BsonDocument> states = collection();
    return Streams.collect(
            states.updateOne(
                Filters.and(Filters.eq(ID, CATALOGS), Filters.eq(COUNT, known.size())),
                Updates.combine(
                    Updates.set(CATALOGS, catalogs),
                    Updates.set(VERSIONS, elements),
                    Updates.set(COUNT, catalogs.size())),
                new UpdateOptions().upsert(known.isEmpty())),
            states)
        .<Void>mapEmpty()
        .recover(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? Future.succeededFuture()
                    : MongoFailures.translate(failure));
  }

  private Future<Void> read() {
    MongoCollection<BsonDocument> states = collection();
    return Streams.collect(states.find(Filters.eq(ID, CATALOGS)), states)
        .recover(MongoFailures::translate)
        .onSuccess(found -> remember(found.isEmpty() ? null : found.get(0)))
        .mapEmpty();
  }

  private void remember(@Nullable BsonDocument document) {
    List<String> catalogs = new ArrayList<>();
    Map<String, Integer> adapters = new HashMap<>();
    if (document != null) {
      for (BsonValue catalog : document.getArray(CATALOGS)) {
        catalogs.add(catalog.asString().getValue());
      }
      for (BsonValue element : document.getArray(VERSIONS)) {
        BsonDocument adapter = element.asDocument();
        adapters.put(adapter.getString(NAME).getValue(), adapter.getInt32(VERSION).getValue());
      }
    }
    known = catalogs;
    versions = adapters;
  }

  private MongoCollection<BsonDocument> collection() {
    return database
        .clients()
        .database()
        .getCollection(database.collections().derivationState(), BsonDocument.class);
  }
}
