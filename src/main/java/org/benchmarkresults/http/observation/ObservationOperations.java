package org.benchmarkresults.http.observation;

import java.util.List;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.fold.AliasCache;
import org.benchmarkresults.model.result.Stage;

/** The operations that read stored observations. */
public final class ObservationOperations {
  private ObservationOperations() {}

  /** The rows of the table of operations. */
  public static List<Operation> all(ResponseBudget budget, AliasCache aliases) {
    return List.of(
        new ObservationList(budget, aliases),
        new ResultObservationsOperation("readRawInputObservations", Stage.RAW, budget),
        new ResultObservationsOperation(
            "readStandardizedOutputObservations", Stage.STANDARDIZED, budget));
  }
}
