package org.benchmarkresults.model.result;

/** The outcome of looking up one result. */
public sealed interface FindOutcome {
  /**
   * It is there.
   *
   * @param versions how many versions of the result there are
   */
  record Found(ResultSummary summary, StoredData data, int versions) implements FindOutcome {
    public Found {
      // Nodes of earlier releases do not tell.
      versions = Math.max(versions, summary.version());
    }

    /** The newest version. */
    public Found(ResultSummary summary, StoredData data) {
      this(summary, data, summary.version());
    }
  }

  /** There is no such result or version. */
  record NotFound() implements FindOutcome {}
}
