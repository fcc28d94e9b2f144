package org.benchmarkresults.storage.save;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.storage.group.GroupCommit;
import org.benchmarkresults.storage.group.GroupCommit.Insert;
import org.benchmarkresults.storage.group.GroupCommit.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves many results of one stage together: one insert for all, and the way of a single result for
 * each whose name is taken. Confined to one event loop.
 */
public final class BatchStore {
  private static final Logger LOG = LoggerFactory.getLogger(BatchStore.class);

  private final ResultStore store;
  private final GroupCommit inserts;
  private final Retry retry;

  /**
   * @param inserts not the one of single results: who sends one does not wait behind a load
   */
  public BatchStore(ResultStore store, GroupCommit inserts, Retry retry) {
    this.store = store;
    this.retry = retry;
    this.inserts = inserts;
  }

  /**
   * Saves results, not more than a thousand; each as if it came alone.
   *
   * <p>Succeeds with what became of each once all are safe or given up; fails with {@link
   * Unavailable} when it is not known of any.
   */
  public Future<List<SaveOutcome>> save(List<Result> results) {
    List<PendingSave> arrivals =
        new ArrayList<>(results.stream().map(BatchStore::arrival).toList());
    return retry
        .whileUnavailable(
            () -> {
              arrivals.replaceAll(PendingSave::restamped);
              return insert(arrivals);
            })
        .compose(verdicts -> settled(arrivals, verdicts.iterator()));
  }

  private Future<List<Verdict>> insert(List<PendingSave> arrivals) {
    List<Insert> first =
        arrivals.stream()
            .filter(arrival -> ResultStore.isInline(arrival.result()))
            .map(store::firstVersion)
            .toList();
    return first.isEmpty() ? Future.succeededFuture(List.of()) : inserts.insert(first);
  }

  private Future<List<SaveOutcome>> settled(
      List<PendingSave> arrivals, Iterator<Verdict> verdicts) {
    List<Future<SaveOutcome>> outcomes = new ArrayList<>(arrivals.size());
    for (PendingSave arrival : arrivals) {
      Future<SaveOutcome> outcome =
          ResultStore.isInline(arrival.result())
              ? store.settled(arrival, verdicts.next())
              : store.save(arrival);
      outcomes.add(outcome.recover(BatchStore::ofOne));
    }
    return Future.all(outcomes).map(all -> all.<SaveOutcome>list());
  }

  private static PendingSave arrival(Result result) {
    return PendingSave.now(result, new StoredData.Inline(result.data().bytes()));
  }

  /** The failure of one result must not hide the outcomes of the others. */
  private static Future<SaveOutcome> ofOne(Throwable failure) {
    if (failure instanceof Unavailable away) {
      return Future.succeededFuture(new SaveOutcome.NotKnown("" + away.getMessage()));
    }
    LOG.atError().setCause(failure).log("bug while saving one of many results");
    return Future.succeededFuture(new SaveOutcome.Failed());
  }
}
