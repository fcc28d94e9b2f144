package org.benchmarkresults.model.imports;

import org.benchmarkresults.model.result.Stage;

/**
 * A collection to import.
 *
 * @param stage of the imported results
 * @param name in the source database
 * @param place hosts, database and collection, without credentials
 * @param importId the digest of place and stage; identifies the import in later runs
 * @param present whether it exists
 * @param about the estimated number of records
 */
public record ImportCollection(
    Stage stage, String name, String place, String importId, boolean present, long about) {}
