package org.benchmarkresults.storage.retention;

import io.vertx.core.Future;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;

/** Keeps the data that are derived from results in step with deletions and restores. */
public interface DerivedData {
  /** Where nothing is derived. */
  DerivedData NONE =
      new DerivedData() {
        @Override
        public Future<Void> deleted(Stage stage, ResultSummary result) {
          return Future.succeededFuture();
        }

        @Override
        public Future<Void> purged(Stage stage, RowRef result) {
          return Future.succeededFuture();
        }

        @Override
        public Future<Void> restoring(Stage stage, ResultSummary result) {
          return Future.succeededFuture();
        }

        @Override
        public void restored(Stage stage, ResultSummary result) {}
      };

  /** Removes what was derived from a result that was removed; never fails. */
  Future<Void> deleted(Stage stage, ResultSummary result);

  /** Removes it also when that needs another attempt: fails when it may not be removed. */
  Future<Void> purged(Stage stage, RowRef result);

  /**
   * Notes, before a result is put back, that it has to be read again; fails when it is not noted.
   */
  Future<Void> restoring(Stage stage, ResultSummary result);

  /** Has the result that was put back read soon. */
  void restored(Stage stage, ResultSummary result);
}
