package org.benchmarkresults.standardize.verticle;

import io.vertx.core.Future;
import java.util.List;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.derivation.DerivedBatch;
import org.benchmarkresults.model.derivation.DerivedResult;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores derived results. One that cannot be stored does not stop the others of its batch. */
final class DerivedSaver {
  private static final Logger LOG = LoggerFactory.getLogger(DerivedSaver.class);

  private final Bus bus;
  private final DerivationMeters meters;

  DerivedSaver(Bus bus, DerivationMeters meters) {
    this.bus = bus;
    this.meters = meters;
  }

  /** Succeeds with whether the batch is done with; otherwise storage is unavailable. */
  Future<Boolean> save(List<DerivedResult> results) {
    return results.isEmpty()
        ? Future.succeededFuture(true)
        : bus.request(ObservationAddresses.SAVE_OBSERVATIONS, new DerivedBatch(results))
            .map(
                saved -> {
                  results.forEach(meters::saved);
                  return true;
                })
            .recover(failure -> again(results, failure));
  }

  private Future<Boolean> again(List<DerivedResult> results, Throwable failure) {
    if (failure instanceof Unavailable) {
      return Future.succeededFuture(false);
    }
    if (results.size() > 1) {
      Future<Boolean> done = Future.succeededFuture(true);
      for (DerivedResult result : results) {
        done = done.compose(before -> save(List.of(result)).map(one -> before && one));
      }
      return done;
    }
    DerivedResult result = results.getFirst();
    LOG.atWarn()
        .addKeyValue("result", result.result().resultName())
        .log("observations could not be stored");
    return result.reason() == null
        ? save(List.of(withoutObservations(result)))
        : Future.succeededFuture(true);
  }

  private static DerivedResult withoutObservations(DerivedResult result) {
    return new DerivedResult(
        result.result(),
        DerivedObservations.none(),
        "The observations could not be stored.",
        result.catalog());
  }
}
