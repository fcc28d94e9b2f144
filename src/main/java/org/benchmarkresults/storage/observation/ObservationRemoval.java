package org.benchmarkresults.storage.observation;

import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.retention.DerivedData;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the observations of results that are deleted, and has those of restored ones derived
 * again. A deletion that dies before it came here is found by the sweep of deletions.
 */
public final class ObservationRemoval implements DerivedData {
  private static final Logger LOG = LoggerFactory.getLogger(ObservationRemoval.class);

  /** Has a result read soon. */
  @FunctionalInterface
  public interface Derive {
    void soon(Stage stage, String resultName, int version);
  }

  private final DerivedCollections collections;
  private final Clock clock;
  private final Derive derive;
  private final CrossChecks crossChecks;

  public ObservationRemoval(DerivedCollections collections, Clock clock, Derive derive) {
    this.collections = collections;
    this.clock = clock;
    this.derive = derive;
    crossChecks = new CrossChecks(collections);
  }

  @Override
  public Future<Void> deleted(Stage stage, ResultSummary result) {
    return remove(stage, List.of(result.ref()))
        .otherwise(
            failure -> {
              LOG.debug("observations of a deleted result remain until the sweep", failure);
              return null;
            });
  }

  @Override
  public Future<Void> purged(Stage stage, RowRef result) {
    return remove(stage, List.of(result), true);
  }

  /**
   * Removes what was derived from results that are no longer there. Another result of the same
   * name, which was first received at another time, keeps its own.
   *
   * <p>First the derivation documents, so that a writing that is under way cannot finish. One that
   * a restore has written meanwhile stays.
   */
  public Future<Void> remove(Stage stage, Collection<RowRef> results) {
    return remove(stage, results, false);
  }

  /**
   * @param isForGood whether the results cannot be restored
   */
  private Future<Void> remove(Stage stage, Collection<RowRef> results, boolean isForGood) {
    Instant now = clock.instant();
    List<WriteModel<BsonDocument>> derivations = new ArrayList<>();
    List<WriteModel<BsonDocument>> observations = new ArrayList<>();
    for (RowRef result : results) {
      Bson document =
          Filters.and(
              Filters.eq(DerivationDocument.ID, ObservationId.ofResult(stage, result.resultName())),
              Filters.eq(DerivationDocument.FIRST_RECEIVED_AT, result.firstReceivedAt()));
      if (isForGood) {
        derivations.add(new DeleteOneModel<>(document));
      }
      derivations.add(
          new UpdateOneModel<>(
              Filters.and(document, Filters.exists(DerivationDocument.RESTORING)),
              Updates.combine(
                  Updates.set(DerivationDocument.STATE, DerivationState.PENDING.text()),
                  Updates.set(DerivationDocument.AT, now),
                  Updates.unset(DerivationDocument.TOKEN))));
      derivations.add(
          new DeleteOneModel<>(
              Filters.and(document, Filters.exists(DerivationDocument.RESTORING, false))));
      observations.add(
          new DeleteManyModel<>(
              Filters.and(
                  Writing.range(
                      ObservationId.from(stage, result.resultName()),
                      ObservationId.to(stage, result.resultName())),
                  Filters.eq(ObservationDocument.FIRST_RECEIVED_AT, result.firstReceivedAt()))));
    }
    return DerivedCollections.write(collections.derivations(), derivations)
        .compose(unclaimed -> DerivedCollections.write(collections.observations(), observations))
        .compose(
            removed -> stage == Stage.RAW ? unmarkCrossChecks(results) : Future.succeededFuture());
  }

  /** Without their raw inputs, standardized outputs count again. */
  private Future<Void> unmarkCrossChecks(Collection<RowRef> raw) {
    List<String> ids =
        raw.stream()
            .map(result -> ObservationId.ofResult(Stage.STANDARDIZED, result.resultName()))
            .toList();
    return Streams.collect(
            collections
                .derivations()
                .find(
                    Filters.and(
                        Filters.in(DerivationDocument.ID, ids),
                        Filters.exists(DerivationDocument.CROSS_CHECK))),
            collections.derivations())
        .recover(MongoFailures::translate)
        .compose(
            found -> {
              Map<String, BsonDocument> marked = new HashMap<>();
              found.forEach(
                  document ->
                      marked.put(document.getString(DerivationDocument.ID).getValue(), document));
              return crossChecks.mark(List.copyOf(marked.keySet()), marked);
            });
  }

  @Override
  public Future<Void> restoring(Stage stage, ResultSummary result) {
    Instant now = clock.instant();
    UpdateOneModel<BsonDocument> pending =
        new UpdateOneModel<>(
            Filters.eq(DerivationDocument.ID, ObservationId.ofResult(stage, result.resultName())),
            Updates.combine(
                Updates.set(DerivationDocument.STAGE, String.valueOf(ObservationId.letter(stage))),
                Updates.set(DerivationDocument.VERSION, result.version()),
                Updates.set(DerivationDocument.FIRST_RECEIVED_AT, result.firstReceivedAt()),
                Updates.set(DerivationDocument.STATE, DerivationState.PENDING.text()),
                Updates.set(DerivationDocument.AT, now),
                Updates.set(DerivationDocument.RESTORING, now),
                Updates.unset(DerivationDocument.TOKEN),
                Updates.unset(DerivationDocument.COUNT)),
            new UpdateOptions().upsert(true));
    return DerivedCollections.write(collections.safeDerivations(), List.of(pending)).mapEmpty();
  }

  @Override
  public void restored(Stage stage, ResultSummary result) {
    derive.soon(stage, result.resultName(), result.version());
  }
}
