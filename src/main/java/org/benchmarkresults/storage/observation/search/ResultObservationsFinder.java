package org.benchmarkresults.storage.observation.search;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observed.Disagreement;
import org.benchmarkresults.model.observed.ReadingRef;
import org.benchmarkresults.model.observed.ResultObservations;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.DerivationDocument;
import org.benchmarkresults.storage.observation.ObservationDocument;
import org.benchmarkresults.storage.observation.ObservationId;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;

/** Finds how the observations of one result were derived. Stateless. */
final class ResultObservationsFinder {
  /** The most observations of each stage that are compared. */
  private static final int MOST_COMPARED = 2_000;

  private final OpenDatabase database;

  ResultObservationsFinder(OpenDatabase database) {
    this.database = database;
  }

  /** Succeeds with what is known; fails with {@link Unavailable}. */
  Future<ResultObservations> find(ResultRef ref) {
    return summary(ref)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(new ResultObservations.NotFound());
              }
              int newest = found.get().version();
              Integer version = ref.version();
              if (version != null && version != newest) {
                return Future.succeededFuture(
                    version > newest
                        ? new ResultObservations.NotFound()
                        : new ResultObservations.NotNewest(newest));
              }
              return derived(ref.stage(), found.get());
            })
        .recover(MongoFailures::translate);
  }

  private Future<Optional<ResultSummary>> summary(ResultRef ref) {
    return Streams.collect(
            reading(database.collections().results(ref.stage()))
                .find(Filters.eq(ResultDocument.ID, ref.resultName()))
                .projection(ResultDocument.SUMMARY))
        .map(
            found ->
                found.stream()
                    .map(document -> ResultDocument.read(document).summary())
                    .filter(ref::means)
                    .findFirst());
  }

  private Future<ResultObservations> derived(Stage stage, ResultSummary summary) {
    Stage other = stage == Stage.RAW ? Stage.STANDARDIZED : Stage.RAW;
    String name = summary.resultName();
    return Future.all(derivation(stage, name), derivation(other, name))
        .compose(
            both -> {
              Optional<BsonDocument> own = both.resultAt(0);
              Optional<BsonDocument> others = both.resultAt(1);
              return disagreements(stage, other, summary, own, others)
                  .map(found -> DerivationReader.found(stage, summary, own, found));
            });
  }

  private Future<Optional<BsonDocument>> derivation(Stage stage, String name) {
    return Streams.collect(
            reading(database.collections().derivations())
                .find(Filters.eq(DerivationDocument.ID, ObservationId.ofResult(stage, name))))
        .map(found -> found.stream().<BsonDocument>map(document -> document).findFirst());
  }

  /** The other record counts only when it is of the same benchmark: two keys may share a name. */
  private Future<List<Disagreement>> disagreements(
      Stage stage,
      Stage other,
      ResultSummary summary,
      Optional<BsonDocument> own,
      Optional<BsonDocument> others) {
    boolean areBothRead =
        own.filter(document -> DerivationReader.isOf(summary, document))
                .filter(DerivationReader::hasObservations)
                .isPresent()
            && others
                .filter(DerivationReader::hasObservations)
                .filter(document -> DerivationReader.isOfBenchmark(summary, document))
                .isPresent();
    if (!areBothRead) {
      return Future.succeededFuture(List.of());
    }
    return Future.all(
            observations(stage, summary.resultName(), own.orElseThrow()),
            observations(other, summary.resultName(), others.orElseThrow()))
        .map(both -> Disagreements.between(both.resultAt(0), both.resultAt(1)));
  }

  private Future<List<Observation>> observations(
      Stage stage, String name, BsonDocument derivation) {
    return Streams.collect(
            reading(database.collections().observations())
                .find(
                    ObservationQuery.ofReading(
                        new ReadingRef(stage, name, DerivationReader.generation(derivation))))
                .sort(new BsonDocument(ObservationDocument.ID, new BsonInt32(1)))
                .limit(MOST_COMPARED))
        .map(
            documents ->
                documents.stream()
                    .map(document -> ObservationDocument.read(document).resolved().observation())
                    .toList());
  }

  private MongoCollection<RawBsonDocument> reading(String collection) {
    return database.clients().reading(collection);
  }
}
