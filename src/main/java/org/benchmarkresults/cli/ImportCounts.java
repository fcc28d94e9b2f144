package org.benchmarkresults.cli;

import org.benchmarkresults.model.ImportCollection;
import org.benchmarkresults.model.SaveOutcome;

/** What became of the records of one collection so far. Confined to one thread. */
final class ImportCounts {
  private final ImportCollection collection;
  private long stored;
  private long alreadyStored;
  private long newVersion;
  private long refused;

  ImportCounts(ImportCollection collection) {
    this.collection = collection;
  }

  void refused() {
    refused++;
  }

  /** Counts an outcome after which the result is safe, and tells whether it is one. */
  boolean safe(SaveOutcome outcome) {
    return switch (outcome) {
      case SaveOutcome.Stored now -> ++stored > 0;
      case SaveOutcome.AlreadyStored before -> ++alreadyStored > 0;
      case SaveOutcome.NewVersion version -> ++newVersion > 0;
      case SaveOutcome.NameTaken taken -> false;
      case SaveOutcome.VersionRefused version -> false;
      case SaveOutcome.NotKnown batch -> throw new IllegalStateException(batch.reason());
      case SaveOutcome.Failed batch -> throw new IllegalStateException("saved one by one");
    };
  }

  long read() {
    return stored + alreadyStored + newVersion + refused;
  }

  boolean anyRefused() {
    return refused > 0;
  }

  /** The line of the summary. */
  String line() {
    return collection.name()
        + ": read "
        + read()
        + ", stored "
        + stored
        + ", already_stored "
        + alreadyStored
        + ", new_version "
        + newVersion
        + ", refused "
        + refused;
  }
}
