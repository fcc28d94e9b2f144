package org.benchmarkresults.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.config.NearestWord;
import org.benchmarkresults.config.SecuritySettings;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.security.Recognition.Known;
import org.benchmarkresults.security.Recognition.Refused;
import org.jspecify.annotations.Nullable;

/** Recognises the JWTs of one issuer (RFC 7519, RFC 9068). Thread-safe. */
final class Tokens {
  /** Asymmetric only: with a shared secret, this service could sign tokens itself. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512,
          JWSAlgorithm.EdDSA);

  /** Access tokens and plain JWTs; logout tokens and others are refused (RFC 8725, 3.11). */
  private static final JOSEObjectType[] TYPES = {
    JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null
  };

  /**
   * Header members that change what is signed or must be understood (RFC 7515 section 4.1.11, RFC
   * 7797, RFC 7516). None is supported, so a token that has one is refused.
   */
  private static final List<String> EXTENSIONS = List.of("crit", "b64", "zip");

  private static final Set<String> REGISTERED =
      Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "azp", "typ", "sid", "acr", "amr");

  private static final int MISSPELT = 2;
  private static final int CLOCK_SKEW_SECONDS = 10;
  private static final long KEYS_CACHED_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final long REFRESH_TIMEOUT_MILLIS = Duration.ofSeconds(15).toMillis();

  /** Unknown keys make the service read the issuer's keys at most twice in this time. */
  private static final long REFRESH_INTERVAL_MILLIS = Duration.ofSeconds(10).toMillis();

  private static final JWKSelector ANY_KEY = new JWKSelector(new JWKMatcher.Builder().build());

  private final Vertx vertx;
  private final SecuritySettings config;
  private final JWKSource<SecurityContext> keys;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  Tokens(Vertx vertx, SecuritySettings config, Clock clock) {
    this.vertx = vertx;
    this.config = config;
    keys =
        JWKSourceBuilder.create(new IssuerKeys(config))
            .cache(KEYS_CACHED_MILLIS, REFRESH_TIMEOUT_MILLIS)
            .refreshAheadCache(false)
            .rateLimited(REFRESH_INTERVAL_MILLIS)
            .outageTolerantForever()
            .build();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPES));
    processor.setJWSKeySelector(new EdDsa.KeySelector(ALGORITHMS, keys));
    processor.setJWSVerifierFactory(new EdDsa.VerifierFactory());
    processor.setJWTClaimsSetVerifier(new Claims(config, clock));
  }

  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final Clock clock;

    Claims(SecuritySettings config, Clock clock) {
      super(
          config.audience(),
          new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
          Set.of("sub", "exp"));
      this.clock = clock;
      setMaxClockSkew(CLOCK_SKEW_SECONDS);
    }

    @Override
    public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
        throws BadJWTException {
      super.verify(claims, context);
      Date issued = claims.getIssueTime();
      Instant latest = clock.instant().plusSeconds(CLOCK_SKEW_SECONDS);
      // A claim that is null counts as present above.
      if (claims.getExpirationTime() == null
          || (issued != null && issued.toInstant().isAfter(latest))) {
        throw new BadJWTException("no expiry, or issued in the future");
      }
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }

  /**
   * Succeeds with the token's caller, or the reason why it is refused; fails with {@link
   * Unavailable} while the issuer's keys were never read.
   */
  Future<Recognition> recognise(String token) {
    CompletableFuture<Recognition> recognition = new CompletableFuture<>();
    // Reading the issuer's keys blocks, which an event loop must not.
    Thread.startVirtualThread(() -> complete(recognition, token));
    return Future.fromCompletionStage(recognition, vertx.getOrCreateContext());
  }

  private void complete(CompletableFuture<Recognition> recognition, String token) {
    try {
      recognition.complete(recognition(token));
    } catch (Throwable e) {
      recognition.completeExceptionally(e);
    }
  }

  private Recognition recognition(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
        return new Refused("The token's signature algorithm is not accepted.");
      }
      if (hasExtension(jwt)) {
        return new Refused("The token's header uses an unsupported extension (crit, b64 or zip).");
      }
      JWTClaimsSet unused = processor.process(jwt, null);
      // The payload as sent: Nimbus makes a string of a subject that is a number.
      return caller(jwt.getPayload().toJSONObject());
    } catch (ParseException e) {
      return new Refused("The token is neither an API key nor a signed JWT.");
    } catch (KeySourceException e) {
      return withoutKey(e);
    } catch (BadJOSEException | JOSEException e) {
      // Without details, which would help to forge one.
      return new Refused("The token is expired, not for this service, or not genuine.");
    }
  }

  /** The parsed header lacks members that are null, so its text is looked at. */
  private static boolean hasExtension(SignedJWT jwt) throws ParseException {
    Map<String, Object> header =
        JSONObjectUtils.parse(jwt.getHeader().toBase64URL().decodeToString());
    return !Collections.disjoint(header.keySet(), EXTENSIONS);
  }

  /** The rate limit also stops the search for an unknown key while others are known. */
  private Recognition withoutKey(KeySourceException failure) {
    try {
      if (failure instanceof RateLimitReachedException && !keys.get(ANY_KEY, null).isEmpty()) {
        return new Refused("The token is not signed by a known key of its issuer.");
      }
    } catch (KeySourceException e) {
      failure.addSuppressed(e);
    }
    throw new Unavailable("The keys of the token's issuer cannot be read now.");
  }

  private Recognition caller(Map<String, Object> claims) {
    if (!(claims.get("sub") instanceof String subject) || subject.isBlank()) {
      return new Refused("The token needs the claim sub, a string that is not blank.");
    }
    String claim = config.prefixClaim();
    Object prefix = claims.get(claim);
    if (prefix != null && !(prefix instanceof String)) {
      return new Refused("The claim " + claim + " must be a string.");
    }
    String text = prefix == null ? "" : prefix.toString();
    if (text.isEmpty() && config.prefixRequired()) {
      return new Refused("The token needs the claim " + claim + ".");
    }
    return (prefix == null ? misspelt(claims) : Optional.<String>empty())
        .<Recognition>map(
            name -> new Refused("The token has the claim " + name + " instead of " + claim + "."))
        .orElseGet(() -> new Known(new Caller("jwt:" + subject, scopes(claims), text)));
  }

  /** A claim that probably means the restriction; ignoring it would grant access to everything. */
  private Optional<String> misspelt(Map<String, Object> claims) {
    String meant = letters(config.prefixClaim());
    return claims.keySet().stream()
        .filter(name -> !REGISTERED.contains(name) && !name.equals(config.scopeClaim()))
        .filter(name -> NearestWord.distance(letters(name), meant) <= MISSPELT)
        .findFirst();
  }

  private static String letters(String claim) {
    return claim.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private Set<Scope> scopes(Map<String, Object> claims) {
    Stream<String> words =
        switch (claims.get(config.scopeClaim())) {
          case String text -> Arrays.stream(text.split(" "));
          case List<?> list -> list.stream().map(String::valueOf);
          case null, default -> Stream.of();
        };
    return words.flatMap(word -> Scope.named(word).stream()).collect(Collectors.toSet());
  }
}
