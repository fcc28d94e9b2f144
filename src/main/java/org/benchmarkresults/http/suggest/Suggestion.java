package org.benchmarkresults.http.suggest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A name that was found.
 *
 * @param results how many results have it, in both stages
 * @param lastSeen when the newest of them was first received; of a label not known
 * @param spelling of the model that was found; null without folding
 */
record Suggestion(
    NameKind kind, String name, long results, Instant lastSeen, @Nullable String spelling) {
  /** The same name with another number of results. */
  Suggestion of(long number) {
    return new Suggestion(kind, name, number, lastSeen, spelling);
  }
}
