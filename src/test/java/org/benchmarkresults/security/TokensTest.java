package org.benchmarkresults.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.config.SecuritySettings;
import org.benchmarkresults.model.security.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class TokensTest {
  private static final String ISSUER = "https://login.example/realms/ml";
  private static final String AUDIENCE = "benchmark-results";
  private static final Issuer KEY = new Issuer("one");

  @TempDir private Path folder;
  private Path keySet;

  @BeforeEach
  void publish() throws IOException {
    keySet = folder.resolve("jwks.json");
    Files.writeString(keySet, KEY.keySet().encode());
  }

  private static SecuritySettings config(String issuer, String jwks) {
    return config(issuer, jwks, "benchmark_prefix", false);
  }

  private static SecuritySettings config(
      String issuer, String jwks, String prefixClaim, boolean prefixRequired) {
    return new SecuritySettings(
        false,
        issuer,
        AUDIENCE,
        jwks,
        "scope",
        prefixClaim,
        prefixRequired,
        false,
        Duration.ZERO,
        true);
  }

  private Tokens tokens(Vertx vertx) {
    return new Tokens(vertx, config(ISSUER, keySet.toString()), Clock.systemUTC());
  }

  private static JsonObject claims() {
    return new JsonObject()
        .put("iss", ISSUER)
        .put("aud", AUDIENCE)
        .put("sub", "somebody")
        .put("exp", Instant.now().plusSeconds(600).getEpochSecond())
        .put("scope", "openid read write");
  }

  private static void requireRefused(Tokens tokens, String token) {
    assertInstanceOf(Recognition.Refused.class, tokens.recognise(token).await(), token);
  }

  private static Caller known(Tokens tokens, String token) {
    return assertInstanceOf(Recognition.Known.class, tokens.recognise(token).await()).caller();
  }

  @Test
  void aTokenSaysWhoCallsAndWhatTheyMay(Vertx vertx) {
    Caller caller = known(tokens(vertx), KEY.sign(claims().put("benchmark_prefix", "Eval")));

    assertEquals(new Caller("jwt:somebody", Set.of(Scope.READ, Scope.WRITE), "Eval"), caller);
  }

  @Test
  void aRestrictedCallerIsNoAdministrator(Vertx vertx) {
    JsonObject claims = claims().put("scope", "read admin");

    assertTrue(known(tokens(vertx), KEY.sign(claims)).may(Scope.ADMIN));
    Caller restricted = known(tokens(vertx), KEY.sign(claims.put("benchmark_prefix", "Eval")));
    assertFalse(restricted.may(Scope.ADMIN));
    assertTrue(restricted.may(Scope.READ));
  }

  @Test
  void scopesAndAudiencesMayBeArrays(Vertx vertx) {
    JsonObject claims =
        claims()
            .put("scope", new JsonArray().add("delete").add("other"))
            .put("aud", new JsonArray().add("other").add(AUDIENCE));

    assertEquals(Set.of(Scope.DELETE), known(tokens(vertx), KEY.sign(claims)).scopes());
  }

  @Test
  void aTokenForOthersOrOfAnotherTimeIsRefused(Vertx vertx) {
    Tokens tokens = tokens(vertx);
    long now = Instant.now().getEpochSecond();

    for (JsonObject claims :
        List.of(
            claims().put("iss", "https://other.example"),
            claims().put("aud", "other"),
            claims().put("aud", new JsonArray()),
            claims().putNull("aud"),
            claims().put("exp", now - 60),
            claims().put("nbf", now + 600),
            claims().putNull("exp"),
            claims().putNull("sub"),
            claims().put("sub", ""),
            claims().put("sub", "  "),
            claims().put("sub", 7),
            claims().put("sub", true),
            claims().put("sub", new JsonArray().add("somebody")),
            claims().put("sub", new JsonObject().put("id", "somebody")),
            claims().put("exp", "" + (now + 600)),
            claims().put("exp", true),
            claims().put("benchmark_prefix", 7))) {
      requireRefused(tokens, KEY.sign(claims));
    }
  }

  /** RFC 7515, section 4.1.11: what must be understood and is not makes a token invalid. */
  @Test
  void aTokenWithAnExtensionIsRefused(Vertx vertx) {
    Tokens tokens = tokens(vertx);

    for (JsonObject header :
        List.of(
            new JsonObject().put("crit", new JsonArray().add("b64")).put("b64", false),
            new JsonObject().put("crit", new JsonArray().add("exp")),
            new JsonObject().put("crit", new JsonArray()),
            new JsonObject().putNull("crit"),
            new JsonObject().put("crit", "x").put("x", 1),
            new JsonObject().put("b64", false),
            new JsonObject().put("zip", "DEF"))) {
      requireRefused(tokens, KEY.sign(header, claims()));
    }
    assertEquals(
        "jwt:somebody",
        known(tokens, KEY.sign(new JsonObject().put("typ", "at+jwt"), claims())).id());
  }

  @Test
  void theRestrictionCanBeRequired(Vertx vertx) {
    Tokens tokens =
        new Tokens(
            vertx, config(ISSUER, keySet.toString(), "benchmark_prefix", true), Clock.systemUTC());

    requireRefused(tokens, KEY.sign(claims()));
    requireRefused(tokens, KEY.sign(claims().put("benchmark_prefix", "")));
    requireRefused(tokens, KEY.sign(claims().putNull("benchmark_prefix")));
    assertEquals(
        "a", known(tokens, KEY.sign(claims().put("benchmark_prefix", "a"))).benchmarkPrefix());
  }

  /** In the token or in the setting: to pass over it would open all benchmarks. */
  @Test
  void aMisspeltRestrictionIsNotPassedOver(Vertx vertx) {
    Tokens tokens = tokens(vertx);
    for (String claim :
        List.of(
            "benchmarkPrefix",
            "benchmark-prefix",
            "BENCHMARK_PREFIX",
            "benchmark_prefx",
            "benchmarks_prefix")) {
      requireRefused(tokens, KEY.sign(claims().put(claim, "Eval")));
    }
    Tokens misspelt =
        new Tokens(
            vertx,
            config(ISSUER, keySet.toString(), "benchmark_prefiks", false),
            Clock.systemUTC());

    requireRefused(misspelt, KEY.sign(claims().put("benchmark_prefix", "Eval")));
    assertEquals("", known(tokens, KEY.sign(claims().put("other", "Eval"))).benchmarkPrefix());
  }

  @Test
  void aTokenThatIsNotGenuineIsRefused(Vertx vertx) throws GeneralSecurityException {
    Tokens tokens = tokens(vertx);
    String genuine = KEY.sign(claims());
    String signature = genuine.substring(genuine.lastIndexOf('.'));

    requireRefused(tokens, new Issuer("one").sign(claims()));
    requireRefused(tokens, KEY.unsigned("RS256", claims().put("sub", "other")) + signature);
    requireRefused(tokens, KEY.unsigned("none", claims()) + ".");
    requireRefused(tokens, KEY.unsigned("none", claims()));
    requireRefused(tokens, KEY.unsigned("RS256", claims()));
    requireRefused(tokens, signedWithThePublicKey());
    for (String text : List.of("", ".", "..", "a.b.c", "e30.e30.e30", "x".repeat(9_000))) {
      requireRefused(tokens, text);
    }
  }

  /** As HS256, whose secret is what everybody has. */
  private static String signedWithThePublicKey() throws GeneralSecurityException {
    String unsigned = KEY.unsigned("HS256", claims());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.publicKey(), "HmacSHA256"));
    return unsigned + "." + Issuer.text(mac.doFinal(unsigned.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void withoutAnyKeyNobodyIsLetIn(Vertx vertx) throws IOException {
    Files.writeString(keySet, "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"one\"}]}");
    Tokens tokens = tokens(vertx);

    assertThrows(Unavailable.class, () -> tokens.recognise(KEY.sign(claims())).await());
    requireRefused(tokens, KEY.unsigned("none", claims()) + ".");
  }

  @Test
  void keysAreFoundByTheDiscoveryDocumentAndReadAgainWhenTheyChange(Vertx vertx) {
    AtomicReference<Issuer> current = new AtomicReference<>(KEY);
    AtomicInteger reads = new AtomicInteger();
    HttpServer provider = provider(vertx, current, reads);
    String issuer = "http://127.0.0.1:" + provider.actualPort();
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    Clock clock = new MovedClock(now);
    Tokens tokens = new Tokens(vertx, config(issuer, ""), clock);
    JsonObject claims = claims().put("iss", issuer);

    assertEquals("jwt:somebody", known(tokens, KEY.sign(claims)).id());
    assertEquals("jwt:somebody", known(tokens, KEY.sign(claims)).id());
    assertEquals(1, reads.get());
    Issuer next = new Issuer("two");
    current.set(next);
    requireRefused(tokens, next.sign(claims));
    assertEquals(1, reads.get());
    now.set(now.get().plusSeconds(11));

    assertEquals("jwt:somebody", known(tokens, next.sign(claims)).id());
    assertEquals(2, reads.get());
    now.set(now.get().plusSeconds(11));
    requireRefused(tokens, KEY.sign(claims));
  }

  private static HttpServer provider(
      Vertx vertx, AtomicReference<Issuer> current, AtomicInteger reads) {
    return vertx
        .createHttpServer()
        .requestHandler(
            request -> {
              String base = "http://" + request.authority();
              if (request.path().equals("/keys")) {
                reads.incrementAndGet();
                request.response().end(current.get().keySet().toBuffer());
              } else {
                request
                    .response()
                    .end(
                        new JsonObject()
                            .put("issuer", base)
                            .put("jwks_uri", base + "/keys")
                            .toBuffer());
              }
            })
        .listen(0, "127.0.0.1")
        .await();
  }

  /** Stands still until it is set. */
  private static final class MovedClock extends Clock {
    private final AtomicReference<Instant> now;

    MovedClock(AtomicReference<Instant> now) {
      this.now = now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return java.time.ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }
}
