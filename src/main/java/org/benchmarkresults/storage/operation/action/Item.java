package org.benchmarkresults.storage.operation.action;

import java.time.Instant;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ResultSummary;

/** A result of the set of a bulk operation, as it was shown. */
public record Item(String name, int version, Digest digest, Instant firstReceivedAt) {
  public static Item of(ResultSummary shown) {
    return new Item(shown.resultName(), shown.version(), shown.digest(), shown.firstReceivedAt());
  }

  /** Whether a result is the one that was shown, in any version. */
  boolean isSameResult(ResultSummary found) {
    return found.firstReceivedAt().equals(firstReceivedAt);
  }

  /** Whether a result is as it was shown. */
  boolean isAsShown(ResultSummary found) {
    return isSameResult(found) && found.version() == version && found.digest().equals(digest);
  }
}
