package org.benchmarkresults.model.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.ResultCount;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the retention would do now.
 *
 * @param deletedFor how long a deleted result can be restored; zero for ever
 * @param lastRun null when there was none
 */
public record RetentionPreview(
    Instant at,
    List<Due> rules,
    List<Expired> expired,
    Duration deletedFor,
    Duration interval,
    Instant nextRun,
    @Nullable RetentionRun lastRun) {
  public RetentionPreview {
    rules = List.copyOf(rules);
    expired = List.copyOf(expired);
  }

  /**
   * What one rule would delete.
   *
   * @param rule as it was set
   * @param benchmarkName null for all that have no rule of their own
   * @param firstReceivedBefore what was first received before is due
   * @param oldest when the oldest of them was first received; null when there is none
   * @param names of the oldest, the oldest first
   */
  public record Due(
      String rule,
      Stage stage,
      @Nullable String benchmarkName,
      Duration age,
      Instant firstReceivedBefore,
      ResultCount count,
      @Nullable Instant oldest,
      List<String> names) {
    public Due {
      names = List.copyOf(names);
    }
  }

  /**
   * What of the deleted results of a stage would be removed for good.
   *
   * @param oldest when the oldest of them was deleted; null when there is none
   * @param names of the oldest, the oldest first
   */
  public record Expired(
      Stage stage, ResultCount count, @Nullable Instant oldest, List<String> names) {
    public Expired {
      names = List.copyOf(names);
    }
  }
}
