package org.benchmarkresults.model.operation;

import java.util.List;

/** Bulk operations, the latest first. */
public record BulkList(List<BulkOperation> operations) {
  public BulkList {
    operations = List.copyOf(operations);
  }
}
