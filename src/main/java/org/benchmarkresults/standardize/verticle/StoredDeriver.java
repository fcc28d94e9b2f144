package org.benchmarkresults.standardize.verticle;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.derivation.DeriveRequest;
import org.benchmarkresults.model.derivation.DerivedResult;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.FindOutcome.Found;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Derives the observations of batches of stored results. Confined to one event loop. */
final class StoredDeriver {
  private static final Logger LOG = LoggerFactory.getLogger(StoredDeriver.class);

  /** Bodies read at once. */
  static final int LANES = 2;

  /** Observations stored with one command, while the other lane reads further bodies. */
  private static final int MOST_OBSERVATIONS = 2_500;

  /** The observations of larger bodies may take up to 50 MB, so they are read one at a time. */
  private static final int SMALL_CHUNKS = 4;

  private final Bus bus;
  private final StoredReading reading;
  private final WorkerExecutor workers;
  private final DerivedSaver saver;
  private final Consumer<DeriveRequest> again;
  private final BooleanSupplier isClosed;

  /**
   * @param again takes results that are to be derived again
   */
  StoredDeriver(
      Bus bus,
      StoredReading reading,
      WorkerExecutor workers,
      DerivedSaver saver,
      Consumer<DeriveRequest> again,
      BooleanSupplier isClosed) {
    this.bus = bus;
    this.reading = reading;
    this.workers = workers;
    this.saver = saver;
    this.again = again;
    this.isClosed = isClosed;
  }

  private record Job(Stage stage, Found found) {
    boolean isLarge() {
      return found.data() instanceof StoredData.Chunked chunked && chunked.count() > SMALL_CHUNKS;
    }
  }

  /** One batch on its way. */
  private static final class Batch {
    private final Deque<Job> jobs = new ArrayDeque<>();
    private final List<DerivedResult> derived = new ArrayList<>();
    private int observations;
    private boolean isComplete = true;

    List<DerivedResult> takeDerived() {
      List<DerivedResult> taken = List.copyOf(derived);
      derived.clear();
      observations = 0;
      return taken;
    }
  }

  /**
   * Derives the newest versions of results, and stores what it finds.
   *
   * <p>Succeeds with whether all are done with; otherwise something is unavailable, and the batch
   * can be repeated. Never fails.
   */
  Future<Boolean> derive(List<DeriveRequest> requests, boolean slowly) {
    Batch batch = new Batch();
    return Future.join(requests.stream().map(request -> find(request, batch)).toList())
        .compose(found -> read(batch, slowly || batch.jobs.stream().anyMatch(Job::isLarge)))
        .compose(read -> save(batch))
        .transform(
            ended -> {
              if (ended.failed()) {
                LOG.atWarn().setCause(ended.cause()).log("deriving observations failed");
              }
              return Future.succeededFuture(ended.failed() || batch.isComplete);
            });
  }

  private Future<?> find(DeriveRequest request, Batch batch) {
    ResultRef newest = new ResultRef(request.stage(), request.resultName(), null);
    return bus.request(Addresses.FIND, newest)
        .transform(
            found -> {
              if (found.failed()) {
                unreadable(request.resultName(), found.cause(), batch);
              } else {
                add(request, found.result(), batch);
              }
              return Future.succeededFuture();
            });
  }

  /** A newer version has a request of its own; an older one is of a secondary that lags behind. */
  private static void add(DeriveRequest request, FindOutcome outcome, Batch batch) {
    if (outcome instanceof Found found) {
      if (found.summary().version() == request.version()) {
        batch.jobs.add(new Job(request.stage(), found));
      } else if (found.summary().version() < request.version()) {
        batch.isComplete = false;
      }
    }
  }

  private static void unreadable(String name, Throwable failure, Batch batch) {
    if (failure instanceof Unavailable || failure instanceof CancellationException) {
      batch.isComplete = false;
    } else {
      LOG.atWarn().addKeyValue("result", name).setCause(failure).log("a result cannot be read");
    }
  }

  private Future<?> read(Batch batch, boolean oneAtATime) {
    List<Future<?>> lanes = new ArrayList<>();
    for (int i = 0; i < (oneAtATime ? 1 : LANES); i++) {
      lanes.add(lane(batch));
    }
    return Future.join(lanes);
  }

  private Future<?> lane(Batch batch) {
    Job job = isClosed.getAsBoolean() ? null : batch.jobs.poll();
    if (job == null) {
      batch.isComplete &= batch.jobs.isEmpty();
      return Future.succeededFuture();
    }
    return workers
        .executeBlocking(() -> reading.read(job.stage, job.found), false)
        .compose(
            derived -> {
              followWithStandardized(job, derived);
              batch.derived.add(derived);
              batch.observations += derived.observations().observations().size();
              return batch.observations < MOST_OBSERVATIONS
                  ? Future.succeededFuture()
                  : save(batch);
            })
        .recover(
            failure -> {
              unreadable(job.found.summary().resultName(), failure, batch);
              return Future.succeededFuture();
            })
        .compose(done -> lane(batch));
  }

  /** A standardized output that was read before its raw input is read again. */
  private void followWithStandardized(Job raw, DerivedResult derived) {
    if (raw.stage == Stage.STANDARDIZED || derived.observations().observations().isEmpty()) {
      return;
    }
    ResultSummary summary = raw.found.summary();
    var unused =
        bus.request(Addresses.FIND, new ResultRef(Stage.STANDARDIZED, summary.resultName(), null))
            .onSuccess(
                outcome -> {
                  if (outcome instanceof Found found
                      && found.summary().receivedAt().isBefore(summary.receivedAt())) {
                    again.accept(
                        new DeriveRequest(
                            Stage.STANDARDIZED, summary.resultName(), found.summary().version()));
                  }
                });
  }

  private Future<Void> save(Batch batch) {
    return saver
        .save(batch.takeDerived())
        .map(
            saved -> {
              batch.isComplete &= saved;
              return null;
            });
  }
}
