package org.benchmarkresults.cli;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The outcome of an import: counts, and why it ended early if it did. */
public final class ImportSummary {
  private static final int ALL_IS_SAFE = 0;
  private static final int FAILED = 1;
  private static final int SOME_REFUSED = 3;

  private final List<ImportCounts> counts;
  private final @Nullable String failure;
  private final boolean stopped;

  ImportSummary(List<ImportCounts> counts, @Nullable String failure, boolean stopped) {
    this.counts = List.copyOf(counts);
    this.failure = failure;
    this.stopped = stopped;
  }

  /** A line for each collection, then one for each that earlier runs worked on too. */
  public List<String> lines() {
    return Stream.concat(
            counts.stream().map(ImportCounts::line),
            counts.stream().map(ImportCounts::lineOfAllRuns).filter(Objects::nonNull))
        .toList();
  }

  /** Why it ended early, in one sentence; null when it did not. */
  public @Nullable String cutShort() {
    String goOn = "; the same command continues from here";
    return failure != null ? failure + goOn : stopped ? "stopped" + goOn : null;
  }

  /**
   * 0 when everything is saved, 3 when this run or one that it continued refused records, 1 when it
   * failed.
   */
  public int exitCode() {
    return failure != null
        ? FAILED
        : counts.stream().anyMatch(ImportCounts::anyRefused) ? SOME_REFUSED : ALL_IS_SAFE;
  }
}
