package org.benchmarkresults.model.security;

import java.time.Instant;
import org.benchmarkresults.model.search.PageKey;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the audit trail, newest first.
 *
 * @param resultName null for all
 * @param caller null for all
 * @param keyId of the API key that entries are of; null for entries of results and keys
 * @param since earliest moment; null for none
 * @param until moment that they lie before; null for none
 * @param after where the page before ended; null for the first
 * @param limit the most entries wanted
 */
public record AuditQuery(
    @Nullable String resultName,
    @Nullable String caller,
    @Nullable String keyId,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable PageKey after,
    int limit) {
  public AuditQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }
}
