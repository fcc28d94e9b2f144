package org.benchmarkresults.model.derivation;

/**
 * How many of the stored results have observations; the counts are estimates while results are
 * saved.
 *
 * @param results in both stages
 * @param derived among them, also those in which there are no observations
 * @param failed among them
 * @param observations in all
 */
public record DerivationProgress(long results, long derived, long failed, long observations) {
  /** Results that are not read yet. */
  public long pending() {
    return Math.max(0, results - derived - failed);
  }
}
