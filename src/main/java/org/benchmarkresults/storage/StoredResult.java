package org.benchmarkresults.storage;

import java.time.Instant;
import org.benchmarkresults.model.ResultSummary;
import org.benchmarkresults.model.StoredData;
import org.jspecify.annotations.Nullable;

/**
 * A result as it stands in the database.
 *
 * @param id of its document
 * @param deletedAt null for one that is not deleted
 */
record StoredResult(
    String id, ResultSummary summary, StoredData data, @Nullable Instant deletedAt) {}
