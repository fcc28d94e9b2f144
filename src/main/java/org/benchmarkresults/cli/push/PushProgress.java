package org.benchmarkresults.cli.push;

import java.io.PrintStream;
import java.time.Duration;

/** Shows how many files are sent: a bar on a terminal, else a line now and then. Thread-safe. */
final class PushProgress {
  private static final int WIDTH = 32;
  private static final long INTERVAL = Duration.ofSeconds(10).toNanos();
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream terminal;
  private final boolean isTerminal;
  private final int files;
  private int sent;
  private long shownAt = System.nanoTime();

  PushProgress(PrintStream terminal, boolean isTerminal, int files) {
    this.terminal = terminal;
    this.isTerminal = isTerminal;
    this.files = files;
  }

  synchronized void oneMore() {
    sent++;
    if (isTerminal) {
      int done = (int) ((long) WIDTH * sent / files);
      terminal.print(
          "\r[" + "#".repeat(done) + "-".repeat(WIDTH - done) + "] " + sent + "/" + files);
      terminal.flush();
    } else if (System.nanoTime() - shownAt > INTERVAL) {
      shownAt = System.nanoTime();
      terminal.println(sent + " of " + files + " files");
    }
  }

  /** Removes the bar, so that other lines can follow. */
  synchronized void close() {
    if (isTerminal && sent > 0) {
      terminal.print(CLEAR_LINE);
      terminal.flush();
    }
  }
}
