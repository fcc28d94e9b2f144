package org.benchmarkresults.model.imports;

import java.util.List;

/** The collections of the legacy database, in the order of their import. */
public record ImportSource(List<ImportCollection> collections) {
  public ImportSource {
    collections = List.copyOf(collections);
  }
}
