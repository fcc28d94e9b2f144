package org.benchmarkresults.model.alias;

/**
 * Asks for the aliases of all models.
 *
 * @param knownRevision the revision that the requester holds; -1 for none
 */
public record AliasQuery(long knownRevision) {}
