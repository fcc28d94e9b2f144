package org.benchmarkresults.http.observed;

import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.http.exchange.Operation;

/** The operations of this package. */
public final class ObservedOperations {
  private ObservedOperations() {}

  /** The rows of the table of operations. */
  public static List<Operation> all() {
    return Stream.of(
            ObservedValueLists.operations(),
            OutlineOperation.all(),
            List.of(new AdapterTable(), ObservationRebuild.operation()))
        .flatMap(List::stream)
        .toList();
  }
}
