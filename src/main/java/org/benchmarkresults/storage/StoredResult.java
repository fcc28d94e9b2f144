package org.benchmarkresults.storage;

import org.benchmarkresults.model.ResultSummary;
import org.benchmarkresults.model.StoredData;

/** A result as it stands in the database. */
record StoredResult(ResultSummary summary, StoredData data) {}
