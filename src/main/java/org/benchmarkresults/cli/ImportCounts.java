package org.benchmarkresults.cli;

import org.benchmarkresults.model.imports.ImportCollection;
import org.benchmarkresults.model.imports.ImportTotals;
import org.benchmarkresults.model.result.SaveOutcome;
import org.jspecify.annotations.Nullable;

/** Counts of the records of one collection by outcome. Confined to one thread. */
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

  /** Starts from the totals of earlier runs. */
  void begin(ImportTotals ofEarlierRuns) {
    before = ofEarlierRuns;
  }

  void refused() {
    refused++;
  }

  /** Counts an outcome; false when the result was not saved. */
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

  /** Totals of this run and the runs that it continues. */
  ImportTotals totals() {
    return before.plus(ofThisRun());
  }

  long read() {
    return ofThisRun().read();
  }

  /** Whether this run or one that it continues refused a record. */
  boolean anyRefused() {
    return totals().refused() > 0;
  }

  /** The line of the summary. */
  String line() {
    return collection.name() + ": " + text(ofThisRun());
  }

  /** The line of the totals of all runs; null when this is the only run. */
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
