package org.benchmarkresults.model.derivation;

import java.util.List;

/** Derived results to be stored together. */
public record DerivedBatch(List<DerivedResult> results) {
  public DerivedBatch {
    results = List.copyOf(results);
  }
}
