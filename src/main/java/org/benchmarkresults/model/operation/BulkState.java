package org.benchmarkresults.model.operation;

import java.util.Arrays;

/** The state of a bulk operation. */
public enum BulkState {
  /** The set is being collected by a dry run. */
  COLLECTING("collecting"),
  /** The set was shown; a token starts the run. */
  READY("ready"),
  RUNNING("running"),
  /** The run ends after the results that are being changed now. */
  CANCELLING("cancelling"),
  CANCELLED("cancelled"),
  DONE("done");

  private final String text;

  BulkState(String text) {
    this.text = text;
  }

  /** The name in the contract. */
  public String text() {
    return text;
  }

  public static BulkState named(String text) {
    return Arrays.stream(values())
        .filter(state -> state.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such state: " + text));
  }
}
