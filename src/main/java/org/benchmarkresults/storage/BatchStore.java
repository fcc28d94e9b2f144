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
    List<RawBsonDocument> documents = new ArrayList<>(results.size());
    for (Result result : results) {
      if (ResultStore.isInline(result)) {
        documents.add(DocumentWriter.document(
                result, inline(result), 1, Lineage.begun(result.receivedAt())));
      }
    }
    Future<List<Verdict>> verdicts =
        documents.isEmpty() ? Future.succeededFuture(List.of()) : inserts.insert(documents);
    return verdicts.compose(each -> settled(results, each.iterator()));
  }

  private Future<List<SaveOutcome>> settled(List<Result> results, Iterator<Verdict> verdicts) {
    List<Future<SaveOutcome>> outcomes = new ArrayList<>(results.size());
    for (Result result : results) {
      Future<SaveOutcome> outcome =
          ResultStore.isInline(result)
              ? store.settled(result, inline(result), verdicts.next())
              : store.save(result);
      outcomes.add(outcome.recover(BatchStore::ofOne));
    }
    return Future.all(outcomes).map(all -> all.<SaveOutcome>list());
  }

  private static StoredData inline(Result result) {
    return new StoredData.Inline(result.data().bytes());
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
