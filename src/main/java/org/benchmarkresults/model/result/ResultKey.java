package org.benchmarkresults.model.result;

import java.util.Objects;

/**
 * Identifies a result within a stage by three texts, which are kept as they were sent.
 *
 * <p>Its text form {@code timestamp-benchmark_name-run_id} is the result name. Joining is not
 * one-to-one ({@code a-b}+{@code c} reads like {@code a}+{@code b-c}), so two keys may claim one
 * name; the three parts decide whether they are the same result.
 */
public record ResultKey(String timestamp, String benchmarkName, String runId) {
  public ResultKey {
    Objects.requireNonNull(runId, "runId");
    if (timestamp.isEmpty()) {
      throw new IllegalArgumentException("timestamp is empty");
    }
    if (benchmarkName.isEmpty()) {
      throw new IllegalArgumentException("benchmarkName is empty");
    }
    if (runId.isEmpty()) {
      throw new IllegalArgumentException("runId is empty");
    }
  }

  /** The result name, {@code timestamp-benchmark_name-run_id}. */
  public String resultName() {
    return timestamp + '-' + benchmarkName + '-' + runId;
  }
}
