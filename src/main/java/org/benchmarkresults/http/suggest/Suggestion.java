package org.benchmarkresults.http.suggest;

import java.time.Instant;

/**
 * A name that was found.
 *
 * @param results how many results have it, in both stages
 * @param lastSeen when the newest of them was first received
 */
record Suggestion(NameKind kind, String name, long results, Instant lastSeen) {}
