package org.benchmarkresults.model.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.ResultCount;
import org.jspecify.annotations.Nullable;

/**
 * The effect that a retention run would have now.
 *
 * @param deletedFor how long a deleted result can be restored; zero for ever
 * @param lastRun null before the first run
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
   * The results that one rule would delete.
   *
   * @param rule as configured
   * @param benchmarkName null for all benchmarks without a rule of their own
   * @param firstReceivedBefore results first received before it are due
   * @param oldest when the oldest one was first received; null for none
   * @param names of the oldest results, the oldest first
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
   * The deleted results of a stage that would be purged.
   *
   * @param oldest when the oldest one was deleted; null for none
   * @param names of the oldest results, the oldest first
   */
  public record Expired(
      Stage stage, ResultCount count, @Nullable Instant oldest, List<String> names) {
    public Expired {
      names = List.copyOf(names);
    }
  }
}
