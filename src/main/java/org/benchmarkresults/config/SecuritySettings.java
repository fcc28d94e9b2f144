package org.benchmarkresults.config;

import java.time.Duration;

/**
 * Who may do what. With neither keys nor an issuer, whoever reaches the service may do everything.
 *
 * @param keys whether API keys are accepted
 * @param issuer of the JWTs that are accepted, as their {@code iss} has it; empty for none
 * @param audience what JWTs must name in {@code aud}
 * @param jwks URL or file of the issuer's public keys (RFC 7517); empty for the URL that its
 *     discovery document names
 * @param scopeClaim claim of JWTs that holds scopes, as one text or as an array
 * @param prefixClaim claim of JWTs that holds the benchmark-name prefix they are restricted to
 * @param prefixRequired whether JWTs without that claim are refused, instead of reaching all
 *     benchmarks
 * @param openRead whether reading needs no token
 * @param keyCache how long a node believes what it knows of an API key; a revoked key opens nothing
 *     after that. Zero asks the database for every request
 * @param audit whether every change is written down with who made it
 */
public record SecuritySettings(
    @Default("false") boolean keys,
    @Default("") String issuer,
    @Default("") String audience,
    @Default("") String jwks,
    @Default("scope") String scopeClaim,
    @Default("benchmark_prefix") String prefixClaim,
    @Default("false") boolean prefixRequired,
    @Default("false") boolean openRead,
    @Default("1s") Duration keyCache,
    @Default("true") boolean audit) {
  private static final Duration LONGEST_CACHE = Duration.ofMinutes(1);

  public SecuritySettings {
    new Requirements()
        .that(
            issuer.isEmpty() || !audience.isEmpty(),
            "security.issuer needs security.audience: tokens made for other services would be accepted")
        .that(
            !issuer.isEmpty() || (audience.isEmpty() && jwks.isEmpty()),
            "security.audience and security.jwks need security.issuer")
        .that(
            issuer.isEmpty() || !jwks.isEmpty() || issuer.matches("https?://.+"),
            "security.issuer must be a URL, or security.jwks say where its keys are")
        .without(KeySetFile.faults(jwks))
        .that(!scopeClaim.isBlank(), "security.scope_claim is empty")
        .that(!prefixClaim.isBlank(), "security.prefix_claim is empty")
        .that(keyCache.compareTo(LONGEST_CACHE) <= 0, "security.key_cache must be at most 1m")
        .orFail();
  }

  /** Whether callers must say who they are. */
  public boolean isOn() {
    return keys || acceptsJwts();
  }

  public boolean acceptsJwts() {
    return !issuer.isEmpty();
  }

  /** Whether changes are written down. */
  public boolean isAudited() {
    return isOn() && audit;
  }
}
