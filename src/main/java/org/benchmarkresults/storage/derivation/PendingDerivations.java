package org.benchmarkresults.storage.derivation;

import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.FindPublisher;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.derivation.DeriveRequest;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.CurrentVersions;
import org.benchmarkresults.storage.observation.DerivationDocument;
import org.benchmarkresults.storage.observation.DerivedCollections;
import org.benchmarkresults.storage.observation.ObservationId;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Finds the derivation documents that are pending: restored results, results to be read by a newer
 * adapter, and those whose writing was cut short. Confined to one event loop.
 */
final class PendingDerivations {
  /** A writing that began later may still be under way. */
  private static final Duration WRITING = Duration.ofMinutes(1);

  /** A pending document without a result is a restore's that is under way, or a leftover. */
  private static final Duration LEFT_OVER = Duration.ofMinutes(10);

  private final OpenDatabase database;
  private final DerivedCollections collections;
  private @Nullable BsonDocument last;

  PendingDerivations(OpenDatabase database, DerivedCollections collections) {
    this.database = database;
    this.collections = collections;
  }

  /**
   * @param isLast whether the next call begins anew
   */
  record Found(List<DeriveRequest> pending, boolean isLast) {}

  /**
   * Succeeds with the next results to be read; fails with {@code Unavailable}.
   *
   * @param rank of the adapters that will read them
   */
  Future<Found> next(int rank, int limit) {
    return Streams.collect(find(rank, limit), collections.derivations())
        .recover(MongoFailures::translate)
        .compose(
            found -> {
              boolean isLast = found.size() < limit;
              last = isLast ? null : found.get(found.size() - 1);
              return requests(found).map(requests -> new Found(requests, isLast));
            });
  }

  FindPublisher<BsonDocument> find(int rank, int limit) {
    List<Bson> conditions = new ArrayList<>();
    conditions.add(Filters.eq(DerivationDocument.STATE, DerivationState.PENDING.text()));
    conditions.add(Filters.not(Filters.gt(DerivationDocument.RANK, rank)));
    conditions.add(
        Filters.or(
            Filters.exists(DerivationDocument.TOKEN, false),
            Filters.lt(DerivationDocument.AT, database.clock().instant().minus(WRITING))));
    if (last != null) {
      conditions.add(
          Filters.or(
              Filters.gt(DerivationDocument.AT, last.get(DerivationDocument.AT)),
              Filters.and(
                  Filters.eq(DerivationDocument.AT, last.get(DerivationDocument.AT)),
                  Filters.gt(DerivationDocument.ID, last.get(DerivationDocument.ID)))));
      conditions.add(Filters.gte(DerivationDocument.AT, last.get(DerivationDocument.AT)));
    }
    FindPublisher<BsonDocument> found =
        collections
            .derivations()
            .find(Filters.and(conditions))
            .projection(
                Projections.include(DerivationDocument.AT, DerivationDocument.FIRST_RECEIVED_AT))
            .sort(Sorts.ascending(DerivationDocument.AT, DerivationDocument.ID))
            .limit(limit)
            .batchSize(limit + 1);
    return database.isIndexed() ? found.hintString(DerivationIndexes.PENDING) : found;
  }

  private Future<List<DeriveRequest>> requests(List<BsonDocument> found) {
    List<DeriveRequest> requests = new ArrayList<>();
    List<BsonDocument> leftOver = new ArrayList<>();
    Future<Void> all = Future.succeededFuture();
    for (Stage stage : Stage.values()) {
      List<BsonDocument> ofStage =
          found.stream().filter(document -> ObservationId.stage(id(document)) == stage).toList();
      all =
          all.compose(
                  before ->
                      CurrentVersions.read(
                          database,
                          stage,
                          ofStage.stream()
                              .map(document -> ObservationId.resultName(id(document)))
                              .toList()))
              .onSuccess(rows -> sort(stage, ofStage, rows, requests, leftOver))
              .mapEmpty();
    }
    return all.compose(sorted -> remove(leftOver)).map(removed -> requests);
  }

  private static void sort(
      Stage stage,
      List<BsonDocument> found,
      Map<String, RowRef> rows,
      List<DeriveRequest> requests,
      List<BsonDocument> leftOver) {
    for (BsonDocument document : found) {
      String name = ObservationId.resultName(id(document));
      RowRef row = rows.get(name);
      if (row == null) {
        leftOver.add(document);
      } else {
        requests.add(new DeriveRequest(stage, name, row.version()));
      }
    }
  }

  private static String id(BsonDocument document) {
    return document.getString(DerivationDocument.ID).getValue();
  }

  private Future<Void> remove(List<BsonDocument> leftOver) {
    Instant longAgo = database.clock().instant().minus(LEFT_OVER);
    return DerivedCollections.write(
            collections.derivations(),
            leftOver.stream()
                .map(
                    document ->
                        new DeleteOneModel<BsonDocument>(
                            Filters.and(
                                Filters.eq(DerivationDocument.ID, id(document)),
                                Filters.eq(
                                    DerivationDocument.STATE, DerivationState.PENDING.text()),
                                Filters.eq(
                                    DerivationDocument.AT, document.get(DerivationDocument.AT)),
                                Filters.lt(DerivationDocument.AT, longAgo))))
                .toList())
        .mapEmpty();
  }
}
