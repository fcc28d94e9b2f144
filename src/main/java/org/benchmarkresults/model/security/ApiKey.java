package org.benchmarkresults.model.security;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.result.Digest;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is stored: its digest and rights, never the key itself.
 *
 * @param id names the key, is part of it and no secret
 * @param digest of the key's secret
 * @param note for people: whose it is
 * @param benchmarkPrefix the holder sees and changes only results whose benchmark name begins so;
 *     empty for all
 * @param expiresAt null for never
 * @param revokedAt null when it is not
 * @param lastUsedAt to the minute; null for never
 */
public record ApiKey(
    String id,
    Digest digest,
    String note,
    List<Scope> scopes,
    String benchmarkPrefix,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  public ApiKey {
    scopes = List.copyOf(scopes);
  }

  /** Whether the key is valid at that moment. */
  public boolean isValid(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }
}
