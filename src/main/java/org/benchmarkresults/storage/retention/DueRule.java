package org.benchmarkresults.storage.retention;

import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.benchmarkresults.config.RetentionRule;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.ResultDocument;
import org.bson.conversions.Bson;

/**
 * A rule of retention and the results that it applies to: those of its benchmark, or those of every
 * benchmark that has no rule of its own. Age is counted from when a result was first received.
 *
 * @param others benchmarks of the stage with rules of their own; empty when this is such a rule
 */
record DueRule(RetentionRule rule, Stage stage, List<String> others) {
  DueRule {
    others = List.copyOf(others);
  }

  static List<DueRule> of(List<RetentionRule> rules) {
    List<DueRule> all = new ArrayList<>();
    for (RetentionRule rule : rules) {
      List<String> others =
          rule.benchmarkName() != null
              ? List.of()
              : rules.stream()
                  .filter(other -> other.stage().equals(rule.stage()))
                  .map(RetentionRule::benchmarkName)
                  .filter(Objects::nonNull)
                  .map(String::valueOf)
                  .toList();
      all.add(new DueRule(rule, stage(rule), others));
    }
    return all;
  }

  private static Stage stage(RetentionRule rule) {
    return Arrays.stream(Stage.values())
        .filter(stage -> stage.path().equals(rule.stage()))
        .findFirst()
        .orElseThrow();
  }

  /** Results first received before this moment are due. */
  Instant cutoff(Instant now) {
    return now.minus(rule.age());
  }

  Bson due(Instant cutoff) {
    Bson old = Filters.lt(ResultDocument.FIRST_RECEIVED_AT, cutoff);
    String benchmarkName = rule.benchmarkName();
    if (benchmarkName != null) {
      return Filters.and(Filters.eq(ResultDocument.BENCHMARK_NAME, benchmarkName), old);
    }
    return others.isEmpty()
        ? old
        : Filters.and(old, Filters.nin(ResultDocument.BENCHMARK_NAME, others));
  }

  /** Whether a result that was read matches {@link #due}. */
  boolean isDue(ResultSummary summary, Instant cutoff) {
    String benchmarkName = summary.envelope().key().benchmarkName();
    boolean applies =
        rule.benchmarkName() == null
            ? !others.contains(benchmarkName)
            : benchmarkName.equals(rule.benchmarkName());
    return applies && summary.firstReceivedAt().isBefore(cutoff);
  }
}
