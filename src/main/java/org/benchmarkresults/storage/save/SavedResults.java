package org.benchmarkresults.storage.save;

import io.vertx.core.Future;
import java.util.List;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.SaveOutcome;

/** The steps after a save. */
public interface SavedResults {
  /** A result of the name is stored anew, not as a new version. Nothing is waited for. */
  void begun(String resultName);

  /** Succeeds when all that was sent with the results is stored too. */
  Future<Void> saved(List<Result> results, List<SaveOutcome> outcomes);
}
