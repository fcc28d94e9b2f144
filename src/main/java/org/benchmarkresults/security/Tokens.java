package org.benchmarkresults.security;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.benchmarkresults.config.NearestWord;
import org.benchmarkresults.config.SecuritySettings;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.security.Recognition.Known;
import org.benchmarkresults.security.Recognition.Refused;
import org.jspecify.annotations.Nullable;

/** Recognises the JWTs of one issuer (RFC 7519, RFC 9068). Thread-safe. */
final class Tokens {
  /**
   * No secret of the issuer's is here to make signatures with: only what a public key can check.
   */
  private static final Set<String> ALGORITHMS =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  /**
   * Change what is signed or must be understood (RFC 7515 section 4.1.11, RFC 7797, RFC 7516), and
   * none of them is: a token that has one is refused.
   */
  private static final List<String> EXTENSIONS = List.of("crit", "b64", "zip");

  private static final Set<String> REGISTERED =
      Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "azp", "typ", "sid", "acr", "amr");

  private static final int MISSPELT = 2;
  private static final int LONGEST = 8 << 10;

  private final SecuritySettings config;
  private final SigningKeys keys;

  Tokens(Vertx vertx, SecuritySettings config, Clock clock) {
    this.config = config;
    keys = new SigningKeys(vertx, config, clock);
  }

  /** Succeeds with who the token was made for; fails with Unavailable while there are no keys. */
  Future<Recognition> recognise(String token) {
    JsonObject header = header(token);
    if (header == null || !ALGORITHMS.contains(String.valueOf(header.getValue("alg")))) {
      return refused(
          "The token is neither an API key nor a JWT with a signature that is understood.");
    }
    if (EXTENSIONS.stream().anyMatch(header::containsKey)) {
      return refused(
          "The token's header uses an extension that is not understood (crit, b64 or zip).");
    }
    Object keyId = header.getValue("kid");
    return keys.with(keyId == null ? null : keyId.toString())
        .compose(verifier -> verify(token, verifier));
  }

  private static @Nullable JsonObject header(String token) {
    int dot = token.indexOf('.');
    if (dot < 1 || token.length() > LONGEST) {
      return null;
    }
    try {
      return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(token.substring(0, dot))));
    } catch (RuntimeException e) {
      return null;
    }
  }

  private Future<Recognition> verify(String token, JWTAuth verifier) {
    try {
      // The reason is not told: it may name what others look for.
      return verifier
          .authenticate(new TokenCredentials(token))
          .map(this::known)
          .otherwise(
              failure ->
                  new Refused("The token is expired, not for this service, or not genuine."));
    } catch (RuntimeException e) {
      return refused("The token is malformed.");
    }
  }

  private Recognition known(User user) {
    JsonObject claims = user.attributes().getJsonObject("accessToken", new JsonObject());
    if (!(claims.getValue("sub") instanceof String subject)
        || subject.isBlank()
        || !(claims.getValue("exp") instanceof Number)) {
      return new Refused("The token needs the claims sub, a text, and exp, a number.");
    }
    Object prefix = claims.getValue(config.prefixClaim());
    if (prefix != null && !(prefix instanceof String)) {
      return new Refused("The claim " + config.prefixClaim() + " must be a text.");
    }
    String text = prefix == null ? "" : prefix.toString();
    if (text.isEmpty() && config.prefixRequired()) {
      return new Refused("The token needs the claim " + config.prefixClaim() + ".");
    }
    Optional<String> misspelt = prefix == null ? misspelt(claims) : Optional.empty();
    return misspelt.isPresent()
        ? new Refused(
            "The token has the claim "
                + misspelt.get()
                + ", where "
                + config.prefixClaim()
                + " is looked for.")
        : new Known(new Caller("jwt:" + subject, scopes(claims), text));
  }

  /**
   * A claim that is probably meant as the restriction: to pass over it would let the caller see
   * all.
   */
  private Optional<String> misspelt(JsonObject claims) {
    String meant = letters(config.prefixClaim());
    return claims.fieldNames().stream()
        .filter(name -> !REGISTERED.contains(name) && !name.equals(config.scopeClaim()))
        .filter(name -> NearestWord.distance(letters(name), meant) <= MISSPELT)
        .findFirst();
  }

  private static String letters(String claim) {
    return claim.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private Set<Scope> scopes(JsonObject claims) {
    Stream<String> words =
        switch (claims.getValue(config.scopeClaim())) {
          case String text -> Arrays.stream(text.split(" "));
          case JsonArray array -> array.stream().map(String::valueOf);
          case List<?> list -> list.stream().map(String::valueOf);
          case null, default -> Stream.of();
        };
    return words.flatMap(word -> Scope.named(word).stream()).collect(Collectors.toSet());
  }

  private static Future<Recognition> refused(String reason) {
    return Future.succeededFuture(new Refused(reason));
  }
}
