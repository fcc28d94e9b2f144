package org.benchmarkresults.model.operation;

import org.benchmarkresults.model.observed.ObservedSearch;

/**
 * Requests the set of results that a bulk operation would change to be collected and kept.
 *
 * @param search for the results; its page and order do not matter
 * @param parameters of the search as the caller gave them, as a JSON object
 * @param benchmarkPrefix required start of the benchmark names; empty for any
 * @param rows how many results are shown
 */
public record BulkDryRun(
    BulkChange change,
    ObservedSearch search,
    String parameters,
    String caller,
    String benchmarkPrefix,
    int rows) {}
