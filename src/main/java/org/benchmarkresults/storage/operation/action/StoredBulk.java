package org.benchmarkresults.storage.operation.action;

import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.operation.BulkOperation;
import org.jspecify.annotations.Nullable;

/**
 * A bulk operation with what its run needs.
 *
 * @param search for the results of the set
 * @param benchmarkPrefix required start of the benchmark names; empty for any
 * @param actor in the audit entries; null for no entries
 * @param chunks of the set
 * @param next the first chunk that is not done
 * @param begun how many chunks were begun, so that one that a crash cut short is recognised
 * @param checked of a purge: how many chunks were looked at again after the last one was done, and
 *     how many once more some minutes later
 */
public record StoredBulk(
    BulkOperation operation,
    ObservedSearch search,
    String benchmarkPrefix,
    @Nullable Actor actor,
    int chunks,
    int next,
    int begun,
    int checked) {
  public String id() {
    return operation.id();
  }
}
