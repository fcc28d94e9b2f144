package org.benchmarkresults.model.operation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a bulk operation. Each list holds the first few of what its number counts.
 *
 * @param handled how many results of the set were looked at
 * @param done how many were changed as the operation asks, or were so already
 * @param changed how many have another version than the one that was shown
 * @param gone how many are no longer there
 * @param failed how many could not be changed
 * @param newMatches how many results matched when the run began and were not shown; null before
 */
public record BulkProgress(
    long handled,
    long done,
    long changed,
    long gone,
    long failed,
    List<String> changedNames,
    List<String> goneNames,
    List<Failure> failures,
    @Nullable Long newMatches,
    List<String> newNames) {
  /** The most names in each list. */
  public static final int MOST_NAMES = 20;

  public static final BulkProgress NONE =
      new BulkProgress(0, 0, 0, 0, 0, List.of(), List.of(), List.of(), null, List.of());

  /** A result that could not be changed, and why. */
  public record Failure(String name, String reason) {}

  public BulkProgress {
    changedNames = List.copyOf(changedNames);
    goneNames = List.copyOf(goneNames);
    failures = List.copyOf(failures);
    newNames = List.copyOf(newNames);
  }

  /** The progress with that of some more results; its new matches stay. */
  public BulkProgress plus(BulkProgress more) {
    return new BulkProgress(
        handled + more.handled,
        done + more.done,
        changed + more.changed,
        gone + more.gone,
        failed + more.failed,
        first(changedNames, more.changedNames),
        first(goneNames, more.goneNames),
        first(failures, more.failures),
        newMatches,
        newNames);
  }

  private static <T> List<T> first(List<T> before, List<T> more) {
    List<T> all = new ArrayList<>(before);
    all.addAll(more.subList(0, Math.min(more.size(), MOST_NAMES - before.size())));
    return all;
  }
}
