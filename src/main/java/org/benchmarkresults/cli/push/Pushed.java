package org.benchmarkresults.cli.push;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one file.
 *
 * @param results those that are stored, or would be
 * @param attachment what became of a file that belongs to a run, as the service names it; null for
 *     results
 * @param refusals why the file, or lines of it, are not
 */
record Pushed(Path file, List<Stored> results, @Nullable String attachment, List<String> refusals) {
  Pushed {
    results = List.copyOf(results);
    refusals = List.copyOf(refusals);
  }

  /**
   * One result.
   *
   * @param tool null when the service does not recognise it
   * @param outcome as the service names it
   * @param name of the result; null while nothing is stored
   */
  record Stored(@Nullable String tool, String outcome, long observations, @Nullable String name) {}

  static Pushed stored(Path file, List<Stored> results, List<String> refusals) {
    return new Pushed(file, results, null, refusals);
  }

  static Pushed attached(Path file, String outcome) {
    return new Pushed(file, List.of(), outcome, List.of());
  }

  static Pushed refused(Path file, String reason) {
    return new Pushed(file, List.of(), null, List.of(reason));
  }
}
