package org.benchmarkresults.cli.push;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one file.
 *
 * @param results those that are stored, or would be
 * @param refusals why the file, or lines of it, are not
 */
record Pushed(Path file, List<Stored> results, List<String> refusals) {
  Pushed {
    results = List.copyOf(results);
    refusals = List.copyOf(refusals);
  }

  /**
   * One result.
   *
   * @param tool null when the service does not recognise it
   * @param outcome as the service names it
   */
  record Stored(@Nullable String tool, String outcome, long observations) {}

  static Pushed refused(Path file, String reason) {
    return new Pushed(file, List.of(), List.of(reason));
  }
}
