package org.benchmarkresults.model.result;

import java.util.List;

/** Results of one stage on their way into the store together; each is saved as if it came alone. */
public record ResultBatch(Stage stage, List<Result> results) implements Received {
  public ResultBatch {
    results = List.copyOf(results);
    if (results.isEmpty()) {
      throw new IllegalArgumentException("results are empty");
    }
  }

  @Override
  public long dataBytes() {
    return results.stream().mapToLong(Result::dataBytes).sum();
  }

  @Override
  public ResultBatch delayedBy(long millis) {
    return new ResultBatch(
        stage, results.stream().map(result -> result.delayedBy(millis)).toList());
  }
}
