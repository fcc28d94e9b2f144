package org.benchmarkresults.storage.operation.action;

import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.operation.BulkProgress.Failure;

/** Counts what becomes of the items of one chunk. */
final class Tally {
  private long done;
  private long changed;
  private long gone;
  private long failed;
  private final List<String> changedNames = new ArrayList<>();
  private final List<String> goneNames = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  void done() {
    done++;
  }

  /** Another version than the one that was shown. */
  void changed(Item item) {
    changed++;
    add(changedNames, item.name());
  }

  void gone(Item item) {
    gone++;
    add(goneNames, item.name());
  }

  void failed(Item item, String reason) {
    failed++;
    add(failures, new Failure(item.name(), reason));
  }

  private static <T> void add(List<T> first, T one) {
    if (first.size() < BulkProgress.MOST_NAMES) {
      first.add(one);
    }
  }

  /** The progress that a chunk of so many items makes. */
  BulkProgress of(int items) {
    return new BulkProgress(
        items, done, changed, gone, failed, changedNames, goneNames, failures, null, List.of());
  }
}
