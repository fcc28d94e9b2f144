package org.benchmarkresults.model.imports;

import org.benchmarkresults.model.result.Stage;

/**
 * One collection to be brought in.
 *
 * @param stage where its records go
 * @param name as it is called in its own database
 * @param place hosts, database and collection, without credentials
 * @param importId the digest of place and stage; names the import from one run to the next
 * @param present whether it is there
 * @param about how many records it holds, as its database estimates
 */
public record ImportCollection(
    Stage stage, String name, String place, String importId, boolean present, long about) {}
