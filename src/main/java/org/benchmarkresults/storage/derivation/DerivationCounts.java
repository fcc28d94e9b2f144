package org.benchmarkresults.storage.derivation;

import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToLongFunction;
import org.benchmarkresults.model.derivation.DerivationProgress;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.DerivationDocument;
import org.benchmarkresults.storage.observation.DerivedCollections;

/** Counts what was derived, for the health report and the meters. Confined to one event loop. */
final class DerivationCounts {
  /** How long counts are remembered; the embedded database counts by a walk over its rows. */
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private static final Duration REMEMBERED_ON_EMBEDDED = Duration.ofSeconds(30);

  private final OpenDatabase database;
  private final DerivedCollections collections;
  private volatile DerivationProgress counted = new DerivationProgress(0, 0, 0, 0);
  private Instant until = Instant.EPOCH;

  DerivationCounts(OpenDatabase database, DerivedCollections collections) {
    this.database = database;
    this.collections = collections;
    register("observations.pending", "Results that are not read yet.", DerivationProgress::pending);
    register("observations.failed", "Results that cannot be read.", DerivationProgress::failed);
    register("observations.stored", "Stored observations.", DerivationProgress::observations);
  }

  private void register(String name, String description, ToLongFunction<DerivationProgress> of) {
    MeterRegistry meters = database.meters();
    Gauge.builder(name, this, counts -> of.applyAsLong(counts.counted))
        .description(description)
        .register(meters);
  }

  Future<DerivationProgress> progress() {
    Instant now = database.clock().instant();
    if (now.isBefore(until)) {
      return Future.succeededFuture(counted);
    }
    Future<Long> results = results(Stage.RAW);
    Future<Long> standardized = results(Stage.STANDARDIZED);
    Future<Long> read = Streams.one(collections.derivations().estimatedDocumentCount());
    Future<Long> observations = Streams.one(collections.observations().estimatedDocumentCount());
    Future<Long> failed = ofState(DerivationState.FAILED, DerivationIndexes.FAILED);
    Future<Long> pending = ofState(DerivationState.PENDING, DerivationIndexes.PENDING);
    return Future.all(results, standardized, read, observations, failed, pending)
        .recover(MongoFailures::translate)
        .map(
            all ->
                new DerivationProgress(
                    results.result() + standardized.result(),
                    Math.max(0, read.result() - failed.result() - pending.result()),
                    failed.result(),
                    observations.result()))
        .onSuccess(
            progress -> {
              counted = progress;
              until = now.plus(database.isIndexed() ? REMEMBERED : REMEMBERED_ON_EMBEDDED);
            });
  }

  private Future<Long> results(Stage stage) {
    return Streams.one(
        database.clients().raw(database.collections().results(stage)).estimatedDocumentCount());
  }

  private Future<Long> ofState(DerivationState state, String index) {
    CountOptions options = new CountOptions();
    return Streams.one(
        collections
            .derivations()
            .countDocuments(
                Filters.eq(DerivationDocument.STATE, state.text()),
                database.isIndexed() ? options.hintString(index) : options));
  }

  /** Counts anew at the next request. */
  void forget() {
    until = Instant.EPOCH;
  }
}
