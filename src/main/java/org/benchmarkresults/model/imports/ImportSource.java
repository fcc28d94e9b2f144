package org.benchmarkresults.model.imports;

import java.util.List;

/** The collections of another service's database that are to be brought in, in that order. */
public record ImportSource(List<ImportCollection> collections) {
  public ImportSource {
    collections = List.copyOf(collections);
  }
}
