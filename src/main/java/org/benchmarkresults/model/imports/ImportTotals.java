package org.benchmarkresults.model.imports;

/** Counts of the records of one collection by outcome, over all runs of an import. */
public record ImportTotals(long stored, long alreadyStored, long newVersion, long refused) {
  public static final ImportTotals NONE = new ImportTotals(0, 0, 0, 0);

  public long read() {
    return stored + alreadyStored + newVersion + refused;
  }

  public ImportTotals plus(ImportTotals more) {
    return new ImportTotals(
        stored + more.stored,
        alreadyStored + more.alreadyStored,
        newVersion + more.newVersion,
        refused + more.refused);
  }
}
