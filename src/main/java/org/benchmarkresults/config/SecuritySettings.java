package org.benchmarkresults.config;

/**
 * Authentication and the audit log. With neither keys nor an issuer authentication is off.
 *
 * @param keys whether API keys are accepted
 * @param issuer issuer ({@code iss}) of the JWTs that are accepted; empty for none
 * @param audience what JWTs must name in {@code aud}
 * @param jwks URL or file of the issuer's public keys (RFC 7517); empty for the URL that its
 *     discovery document names
 * @param scopeClaim claim of JWTs that holds scopes, as one text or as an array
 * @param prefixClaim claim of JWTs that holds the benchmark-name prefix they are restricted to
 * @param prefixRequired whether JWTs without that claim are refused, instead of reaching all
 *     benchmarks
 * @param anonymousRead whether reading needs no credentials
 * @param audit whether changes are written to the audit log
 */
public record SecuritySettings(
    @Default("false") boolean keys,
    @Default("") String issuer,
    @Default("") String audience,
    @Default("") String jwks,
    @Default("scope") String scopeClaim,
    @Default("benchmark_prefix") String prefixClaim,
    @Default("false") boolean prefixRequired,
    @Default(value = "false", formerPath = "security.open_read") boolean anonymousRead,
    @Default("true") boolean audit) {
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
        .orFail();
  }

  /** Whether authentication is on. */
  public boolean isOn() {
    return keys || acceptsJwts();
  }

  public boolean acceptsJwts() {
    return !issuer.isEmpty();
  }

  /** Whether changes by requests are written to the audit log. */
  public boolean isAudited() {
    return isOn() && audit;
  }
}
