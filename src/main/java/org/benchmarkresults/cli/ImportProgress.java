package org.benchmarkresults.cli;

import java.io.PrintStream;
import java.time.Duration;
import org.benchmarkresults.model.imports.ImportCollection;

/** Prints the progress of an import every few seconds. */
final class ImportProgress {
  private static final long INTERVAL = Duration.ofSeconds(3).toNanos();

  private final PrintStream terminal;
  private long toldAt = System.nanoTime();

  ImportProgress(PrintStream terminal) {
    this.terminal = terminal;
  }

  void tell(ImportCollection collection, ImportCounts counts) {
    long now = System.nanoTime();
    if (now - toldAt >= INTERVAL) {
      toldAt = now;
      terminal.println(counts.line() + " (of about " + collection.about() + ")");
    }
  }
}
