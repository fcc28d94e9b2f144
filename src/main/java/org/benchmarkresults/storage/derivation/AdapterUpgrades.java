package org.benchmarkresults.storage.derivation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.benchmarkresults.model.derivation.AdapterUpgradeList;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.DerivationDocument;
import org.benchmarkresults.storage.observation.DerivedCollections;
import org.benchmarkresults.storage.observation.ReadingChanges;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Has results read again when a newer version of their adapter, or a new adapter, is there: in
 * small portions, each once those before it are read. Counts what that changes. Confined to one
 * event loop.
 */
final class AdapterUpgrades {
  static final String KIND = "kind";
  static final String ADAPTER = "adapter";
  static final String FROM = "from";
  static final String TO = "to";
  static final String STARTED_AT = "started_at";
  static final String ENDED_AT = "ended_at";
  static final String RESULTS = "results";
  static final String CHANGED_RESULTS = "changed_results";
  static final String ADDED = "added";
  static final String REMOVED = "removed";
  static final String CHANGED = "changed";

  private static final String ID = "_id";
  private static final String UPGRADE = "upgrade";
  private static final String RANK = "rank";

  /** Index of the adapter whose results are being marked; behind the last one all are. */
  private static final String STEP = "step";

  private static final String CURSOR = "cursor";
  private static final String GENERIC = "generic";
  private static final int PORTION = 500;

  private final OpenDatabase database;
  private final DerivedCollections collections;

  /** Whether there may be an upgrade that has not ended. */
  private boolean mayBeUnderWay = true;

  AdapterUpgrades(OpenDatabase database, DerivedCollections collections) {
    this.database = database;
    this.collections = collections;
  }

  /** Begins the upgrades to the versions given; those that have begun go on. */
  Future<Void> begin(Map<String, Integer> raised, Map<String, Integer> before, int rank) {
    Instant now = database.clock().instant();
    List<UpdateOneModel<BsonDocument>> upgrades = new ArrayList<>();
    raised.forEach(
        (adapter, version) -> {
          List<Bson> fields = new ArrayList<>();
          fields.add(Updates.setOnInsert(KIND, UPGRADE));
          fields.add(Updates.setOnInsert(ADAPTER, adapter));
          if (before.containsKey(adapter)) {
            fields.add(Updates.setOnInsert(FROM, before.get(adapter)));
          }
          fields.add(Updates.setOnInsert(TO, version));
          fields.add(Updates.setOnInsert(RANK, rank));
          fields.add(Updates.setOnInsert(STARTED_AT, now));
          fields.add(Updates.setOnInsert(STEP, 0));
          fields.add(Updates.setOnInsert(CURSOR, ""));
          upgrades.add(
              new UpdateOneModel<>(
                  Filters.eq(ID, UPGRADE + ":" + adapter + ":" + version),
                  Updates.combine(fields),
                  new UpdateOptions().upsert(true)));
        });
    mayBeUnderWay = true;
    return DerivedCollections.write(states(), upgrades).mapEmpty();
  }

  /**
   * Marks the next portion of results as pending, or ends an upgrade of which none is pending any
   * more. Succeeds with whether there may be more to do.
   */
  Future<Boolean> step() {
    return mayBeUnderWay
        ? Streams.collect(
                states()
                    .find(Filters.and(Filters.eq(KIND, UPGRADE), Filters.exists(ENDED_AT, false)))
                    .sort(Sorts.ascending(STARTED_AT, ID))
                    .limit(1),
                states())
            .recover(MongoFailures::translate)
            .compose(
                found -> {
                  mayBeUnderWay = !found.isEmpty();
                  return found.isEmpty() ? Future.succeededFuture(false) : step(found.get(0));
                })
        : Future.succeededFuture(false);
  }

  private Future<Boolean> step(BsonDocument upgrade) {
    List<@Nullable String> adapters = adapters(upgrade);
    int step = upgrade.getInt32(STEP).getValue();
    if (step >= adapters.size()) {
      return endUnlessPending(upgrade);
    }
    @Nullable String adapter = adapters.get(step);
    return Streams.collect(read(adapter, upgrade.getString(CURSOR).getValue()))
        .recover(MongoFailures::translate)
        .compose(
            found ->
                mark(upgrade, step == 0, found)
                    .compose(marked -> advance(upgrade, step, found))
                    .map(true));
  }

  /** Results of the adapter itself, then those that only the generic one or none understood. */
  private static List<@Nullable String> adapters(BsonDocument upgrade) {
    String own = upgrade.getString(ADAPTER).getValue();
    List<@Nullable String> adapters = new ArrayList<>();
    adapters.add(own);
    if (!own.equals(GENERIC)) {
      adapters.add(GENERIC);
    }
    adapters.add(null);
    return adapters;
  }

  FindPublisher<BsonDocument> read(@Nullable String adapter, String behind) {
    FindPublisher<BsonDocument> found =
        collections
            .derivations()
            .find(
                Filters.and(
                    Filters.eq(DerivationDocument.ADAPTER, adapter),
                    Filters.gt(DerivationDocument.ID, behind)))
            .projection(
                Projections.include(DerivationDocument.ADAPTER_VERSION, DerivationDocument.RANK))
            .sort(Sorts.ascending(DerivationDocument.ID))
            .limit(PORTION)
            .batchSize(PORTION + 1);
    return database.isIndexed() ? found.hintString(DerivationIndexes.ADAPTER) : found;
  }

  private Future<Void> mark(BsonDocument upgrade, boolean isOwn, List<BsonDocument> found) {
    int to = upgrade.getInt32(TO).getValue();
    int rank = upgrade.getInt32(RANK).getValue();
    List<String> ids =
        found.stream()
            .filter(
                document ->
                    !isOwn
                        || document
                                .getInt32(DerivationDocument.ADAPTER_VERSION, new BsonInt32(0))
                                .getValue()
                            < to)
            .map(document -> document.getString(DerivationDocument.ID).getValue())
            .toList();
    Bson earlier =
        Filters.and(
            Filters.in(DerivationDocument.ID, ids),
            Filters.not(Filters.gte(DerivationDocument.RANK, rank)));
    Bson pending =
        Updates.combine(
            Updates.set(DerivationDocument.STATE, DerivationState.PENDING.text()),
            Updates.set(DerivationDocument.AT, database.clock().instant()),
            Updates.set(DerivationDocument.UPGRADE, upgrade.getString(ID).getValue()),
            Updates.set(DerivationDocument.RANK, rank),
            Updates.unset(DerivationDocument.TOKEN));
    return ids.isEmpty()
        ? Future.succeededFuture()
        : DerivedCollections.write(
                collections.derivations(), List.of(new UpdateManyModel<>(earlier, pending)))
            .mapEmpty();
  }

  private Future<Void> advance(BsonDocument upgrade, int step, List<BsonDocument> found) {
    boolean isEnd = found.size() < PORTION;
    Bson position =
        Updates.combine(
            Updates.set(STEP, isEnd ? step + 1 : step),
            Updates.set(
                CURSOR,
                isEnd
                    ? ""
                    : found.get(found.size() - 1).getString(DerivationDocument.ID).getValue()));
    return update(upgrade, position);
  }

  private Future<Boolean> endUnlessPending(BsonDocument upgrade) {
    Bson pending =
        Filters.and(
            Filters.eq(DerivationDocument.STATE, DerivationState.PENDING.text()),
            Filters.eq(DerivationDocument.UPGRADE, upgrade.getString(ID).getValue()));
    return Streams.collect(
            collections
                .derivations()
                .find(pending)
                .projection(Projections.include(DerivationDocument.ID))
                .limit(1),
            collections.derivations())
        .recover(MongoFailures::translate)
        .compose(
            found ->
                found.isEmpty()
                    ? update(upgrade, Updates.set(ENDED_AT, database.clock().instant())).map(true)
                    : Future.succeededFuture(false));
  }

  private Future<Void> update(BsonDocument upgrade, Bson change) {
    return DerivedCollections.write(
            states(), List.of(new UpdateOneModel<>(Filters.eq(ID, upgrade.getString(ID)), change)))
        .mapEmpty();
  }

  /** Adds what some results changed that were read again. */
  Future<Void> count(Map<String, ReadingChanges> changes) {
    List<UpdateOneModel<BsonDocument>> counts = new ArrayList<>();
    changes.forEach(
        (upgrade, change) ->
            counts.add(
                new UpdateOneModel<>(
                    Filters.eq(ID, upgrade),
                    Updates.combine(
                        Stream.of(
                                inc(RESULTS, change.results()),
                                inc(CHANGED_RESULTS, change.changedResults()),
                                inc(ADDED, change.added()),
                                inc(REMOVED, change.removed()),
                                inc(CHANGED, change.changed()))
                            .toList()))));
    return DerivedCollections.write(states(), counts).mapEmpty();
  }

  private static Bson inc(String field, long by) {
    return Updates.inc(field, by);
  }

  /** Succeeds with all upgrades, newest first. */
  Future<AdapterUpgradeList> list() {
    return Streams.collect(
            states().find(Filters.eq(KIND, UPGRADE)).sort(Sorts.descending(STARTED_AT, ID)),
            states())
        .recover(MongoFailures::translate)
        .map(found -> new AdapterUpgradeList(found.stream().map(UpgradeReport::read).toList()));
  }

  /** Looks again, after the collection was dropped. */
  void forget() {
    mayBeUnderWay = true;
  }

  private MongoCollection<BsonDocument> states() {
    return database
        .clients()
        .database()
        .getCollection(database.collections().derivationState(), BsonDocument.class);
  }
}
