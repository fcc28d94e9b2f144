package org.benchmarkresults.storage.observation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/**
 * Writes the observations of some results in a few commands for all of them. Each step leaves a
 * pending derivation document until the last, so that what is cut short is found and done again:
 *
 * <ol>
 *   <li>claim the derivation documents, except for those of later versions;
 *   <li>let go of results that are deleted or replaced by now;
 *   <li>remove the observations of other readings, then insert the new ones with the annotations of
 *       their results;
 *   <li>finish the derivation documents that are still claimed; where one is not, its result was
 *       deleted or claimed by another writing, and the inserted observations are removed.
 * </ol>
 */
final class WritingBatch {
  private static final Bson CLAIMED =
      Projections.include(
          DerivationDocument.VERSION,
          DerivationDocument.FIRST_RECEIVED_AT,
          DerivationDocument.STATE,
          DerivationDocument.GENERATION,
          DerivationDocument.CLAIMED_GENERATION,
          DerivationDocument.TOKEN,
          DerivationDocument.ADAPTER,
          DerivationDocument.COUNT,
          DerivationDocument.CROSS_CHECK,
          DerivationDocument.UPGRADE);

  private final OpenDatabase database;
  private final DerivedCollections collections;
  private final CrossChecks crossChecks;
  private final Comparison comparison;
  private final BatchAnnotations annotations;
  private final CurrentWritings current;
  private List<Writing> writings;
  private Map<String, BsonDocument> documents = Map.of();
  private List<Writing> paired = List.of();

  WritingBatch(OpenDatabase database, DerivedCollections collections, List<Writing> writings) {
    this.database = database;
    this.collections = collections;
    crossChecks = new CrossChecks(collections);
    comparison = new Comparison(collections);
    annotations = new BatchAnnotations(database, collections);
    current = new CurrentWritings(database, collections, annotations);
    this.writings = newestOfEach(writings);
  }

  private static List<Writing> newestOfEach(List<Writing> writings) {
    Map<String, Writing> newest = new HashMap<>();
    for (Writing writing : writings) {
      Writing other = newest.get(writing.id());
      if (other == null || other.result().version() <= writing.result().version()) {
        newest.put(writing.id(), writing);
      }
    }
    return List.copyOf(newest.values());
  }

  /** The results that are still being written. */
  List<Writing> writings() {
    return writings;
  }

  /** The changes of the finished writings, by the adapter upgrade that they were for. */
  Map<String, ReadingChanges> changes() {
    return comparison.changes(writings);
  }

  /** All steps. Succeeds with what was written; fails with {@code Unavailable}. */
  Future<List<Writing>> write() {
    return claim()
        .compose(claimed -> dropOutdated())
        .compose(current -> comparison.read(writings))
        .compose(read -> removeOthers())
        .compose(removed -> insert())
        .compose(inserted -> finish())
        .map(finished -> writings);
  }

  Future<Void> claim() {
    Instant now = database.clock().instant();
    List<UpdateOneModel<BsonDocument>> claims =
        writings.stream()
            .map(
                one ->
                    new UpdateOneModel<BsonDocument>(
                        one.claimable(), one.claim(now), new UpdateOptions().upsert(true)))
            .toList();
    List<Writing> all = writings;
    return DerivedCollections.write(collections.derivations(), claims)
        .compose(
            refused ->
                readDocuments(all)
                    .compose(
                        read -> {
                          List<Writing> lost = new ArrayList<>();
                          List<Writing> won = new ArrayList<>();
                          for (int i = 0; i < all.size(); i++) {
                            (refused.contains(i) ? lost : won).add(all.get(i));
                          }
                          writings = won;
                          won.forEach(one -> one.claimed(documents.get(one.id())));
                          return removeOwn(lost);
                        }));
  }

  private Future<Void> readDocuments(List<Writing> of) {
    Set<String> ids = new HashSet<>();
    of.forEach(one -> ids.addAll(List.of(one.id(), one.counterpartId())));
    return read(ids).onSuccess(read -> documents = read).mapEmpty();
  }

  private Future<Map<String, BsonDocument>> read(Set<String> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    Bson filter = Filters.in(DerivationDocument.ID, ids);
    return Streams.collect(
            collections.derivations().find(filter).projection(CLAIMED), collections.derivations())
        .recover(MongoFailures::translate)
        .map(
            found -> {
              Map<String, BsonDocument> byId = new HashMap<>();
              found.forEach(
                  document ->
                      byId.put(document.getString(DerivationDocument.ID).getValue(), document));
              return byId;
            });
  }

  /** Removes what these writings may have inserted, unless the same reading is another's too. */
  private Future<Void> removeOwn(List<Writing> lost) {
    List<WriteModel<BsonDocument>> removals =
        lost.stream()
            .filter(
                one -> {
                  BsonDocument now = documents.get(one.id());
                  return now == null || !one.isReadingOf(now);
                })
            .map(Writing::removalOfOwn)
            .toList();
    return DerivedCollections.write(collections.observations(), removals).mapEmpty();
  }

  /** Reads the results after the claim: a deletion that is not seen here finds the claim. */
  Future<Void> dropOutdated() {
    List<Writing> claimed = writings;
    return annotations
        .read(claimed)
        .compose(read -> current.keep(claimed))
        .onSuccess(kept -> writings = kept)
        .mapEmpty();
  }

  Future<Void> removeOthers() {
    List<WriteModel<BsonDocument>> removals =
        writings.stream().flatMap(one -> one.removalOfOthers().stream()).toList();
    return DerivedCollections.write(collections.observations(), removals).mapEmpty();
  }

  Future<Void> insert() {
    for (Writing writing : writings) {
      writing.crossCheck(CrossChecks.isCrossCheck(writing, documents.get(writing.counterpartId())));
    }
    List<InsertOneModel<BsonDocument>> inserts =
        writings.stream()
            .flatMap(one -> one.observations().stream())
            .map(InsertOneModel::new)
            .toList();
    List<Writing> inserted = writings;
    return DerivedCollections.write(collections.observations(), inserts)
        .compose(refused -> annotations.update(inserted, !refused.isEmpty()));
  }

  /** Those with a counterpart stay pending until cross checks are marked. */
  Future<Void> finish() {
    paired = writings.stream().filter(one -> documents.containsKey(one.counterpartId())).toList();
    Instant now = database.clock().instant();
    List<ReplaceOneModel<BsonDocument>> replacements =
        writings.stream()
            .map(one -> new ReplaceOneModel<>(one.mine(), finished(one, now)))
            .toList();
    if (writings.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Writing> all = writings;
    return DerivedCollections.write(collections.safeDerivations(), replacements)
        .compose(written -> readDocuments(all))
        .compose(
            read -> {
              writings = all.stream().filter(this::isHeld).toList();
              return removeOwn(all.stream().filter(one -> !isHeld(one)).toList());
            })
        .compose(removed -> finishPaired());
  }

  private BsonDocument finished(Writing one, Instant now) {
    BsonDocument document = one.finished(now);
    return paired.contains(one)
        ? document.append(DerivationDocument.STATE, new BsonString(DerivationState.PENDING.text()))
        : document;
  }

  private boolean isHeld(Writing one) {
    BsonDocument now = documents.get(one.id());
    return now != null && new BsonString(one.token()).equals(now.get(DerivationDocument.TOKEN));
  }

  private Future<Void> finishPaired() {
    List<Writing> left = paired.stream().filter(writings::contains).toList();
    if (left.isEmpty()) {
      return Future.succeededFuture();
    }
    List<String> standardized =
        left.stream()
            .flatMap(one -> Stream.of(one.id(), one.counterpartId()))
            .filter(id -> ObservationId.stage(id) == Stage.STANDARDIZED)
            .distinct()
            .toList();
    return crossChecks
        .mark(standardized, documents)
        .compose(
            marked ->
                DerivedCollections.write(
                    collections.safeDerivations(),
                    left.stream()
                        .map(
                            one ->
                                new UpdateOneModel<BsonDocument>(
                                    one.mine(),
                                    Updates.set(
                                        DerivationDocument.STATE, one.derived().state().text())))
                        .toList()))
        .mapEmpty();
  }
}
