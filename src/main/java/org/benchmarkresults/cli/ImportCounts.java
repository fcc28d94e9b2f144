package org.benchmarkresults.cli;

import org.benchmarkresults.model.imports.ImportCollection;
import org.benchmarkresults.model.imports.ImportTotals;
import org.benchmarkresults.model.result.SaveOutcome;
import org.jspecify.annotations.Nullable;

/** What became of the records of one collection so far. Confined to one thread. */
final class ImportCounts {
  private final ImportCollection collection;
  private ImportTotals before = ImportTotals.NONE;
  private long stored;
  private long alreadyStored;
  private long newVersion;
  private long refused;

  ImportCounts(ImportCollection collection) {
    this.collection = collection;
  }

  /** Goes on where earlier runs ended. */
  void begin(ImportTotals ofEarlierRuns) {
    before = ofEarlierRuns;
  }

  void refused() {
    refused++;
  }

  /** Counts an outcome after which the result is safe, and tells whether it is one. */
  boolean safe(SaveOutcome outcome) {
    return switch (outcome) {
      case SaveOutcome.Stored now -> ++stored > 0;
      case SaveOutcome.AlreadyStored already -> ++alreadyStored > 0;
      case SaveOutcome.NewVersion version -> ++newVersion > 0;
      case SaveOutcome.NameTaken taken -> false;
      case SaveOutcome.VersionRefused version -> false;
      case SaveOutcome.NotKnown batch -> throw new IllegalStateException(batch.reason());
      case SaveOutcome.Failed batch -> throw new IllegalStateException("saved one by one");
    };
  }

  private ImportTotals ofThisRun() {
    return new ImportTotals(stored, alreadyStored, newVersion, refused);
  }

  /** Of this run and those that it goes on from. */
  ImportTotals totals() {
    return before.plus(ofThisRun());
  }

  long read() {
    return ofThisRun().read();
  }

  /** In this run or in one that it goes on from. */
  boolean anyRefused() {
    return totals().refused() > 0;
  }

  /** The line of the summary. */
  String line() {
    return collection.name() + ": " + text(ofThisRun());
  }

  /** The line of all runs together; null when this is the only one. */
  @Nullable String lineOfAllRuns() {
    return before.equals(ImportTotals.NONE)
        ? null
        : collection.name() + ", all runs: " + text(totals());
  }

  private static String text(ImportTotals totals) {
    return "read "
        + totals.read()
        + ", stored "
        + totals.stored()
        + ", already_stored "
        + totals.alreadyStored()
        + ", new_version "
        + totals.newVersion()
        + ", refused "
        + totals.refused();
  }
}
