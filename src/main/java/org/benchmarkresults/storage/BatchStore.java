package org.benchmarkresults.storage;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.Result;
import org.benchmarkresults.model.SaveOutcome;
import org.benchmarkresults.model.StoredData;
import org.benchmarkresults.storage.GroupCommit.Verdict;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves many results of one stage together: one insert for all, and the way of a single result for
 * each whose name is taken. Confined to one event loop.
 */
final class BatchStore {
  private static final Logger LOG = LoggerFactory.getLogger(BatchStore.class);

  private final ResultStore store;
  private final GroupCommit inserts;

  /**
   * @param inserts not the one of single results: who sends one does not wait behind a load
   */
  BatchStore(ResultStore store, GroupCommit inserts) {
    this.store = store;
    this.inserts = inserts;
  }

  /**
   * Saves results, not more than a thousand; each as if it came alone.
   *
   * <p>Succeeds with what became of each once all are safe or given up; fails with {@link
   * Unavailable} when it is not known of any.
   */
  Future<List<SaveOutcome>> save(List<Result> results) {
    List<Arrival> arrivals = results.stream().map(BatchStore::arrival).toList();
    List<RawBsonDocument> documents = new ArrayList<>(results.size());
    for (Arrival arrival : arrivals) {
      if (ResultStore.isInline(arrival.result())) {
        Lineage begun = Lineage.begun(arrival.result().receivedAt());
        documents.add(DocumentWriter.document(arrival.result(), arrival.data(), 1, begun));
      }
    }
    Future<List<Verdict>> verdicts =
        documents.isEmpty() ? Future.succeededFuture(List.of()) : inserts.insert(documents);
    return verdicts.compose(each -> settled(arrivals, each.iterator()));
  }

  private Future<List<SaveOutcome>> settled(List<Arrival> arrivals, Iterator<Verdict> verdicts) {
    List<Future<SaveOutcome>> outcomes = new ArrayList<>(arrivals.size());
    for (Arrival arrival : arrivals) {
      Future<SaveOutcome> outcome =
          ResultStore.isInline(arrival.result())
              ? store.settled(arrival, verdicts.next())
              : store.save(arrival.result());
      outcomes.add(outcome.recover(BatchStore::ofOne));
    }
    return Future.all(outcomes).map(all -> all.<SaveOutcome>list());
  }

  private static Arrival arrival(Result result) {
    return Arrival.now(result, new StoredData.Inline(result.data().bytes()));
  }

  /** What befell one is not to hide what became of the others. */
  private static Future<SaveOutcome> ofOne(Throwable failure) {
    if (failure instanceof Unavailable away) {
      return Future.succeededFuture(new SaveOutcome.NotKnown("" + away.getMessage()));
    }
    LOG.atError().setCause(failure).log("bug while saving one of many results");
    return Future.succeededFuture(new SaveOutcome.Failed());
  }
}
