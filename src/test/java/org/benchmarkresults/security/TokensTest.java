package org.benchmarkresults.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Promise;
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
import java.time.Instant;
import java.util.List;
import java.util.Random;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        false, issuer, AUDIENCE, jwks, "scope", prefixClaim, prefixRequired, false, true);
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
            claims().put("iat", now + 600),
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

  /** Signed with HS256, with the public key as the secret. */
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

  @ParameterizedTest
  @EnumSource
  void acceptsAsymmetricAlgorithms(Issuer.Algorithm algorithm, Vertx vertx) throws IOException {
    Issuer signer = new Issuer("k", algorithm);
    // Keys that are not understood are ignored.
    JsonArray keys = signer.keySet().getJsonArray("keys");
    keys.add(new JsonObject().put("kty", "new").put("kid", "a"));
    keys.add(new JsonObject().put("kty", "RSA").put("kid", "b"));
    keys.add(new JsonObject().put("kty", "EC").put("crv", "P-0").put("x", "").put("y", ""));
    Files.writeString(keySet, new JsonObject().put("keys", keys).encode());
    Tokens tokens = tokens(vertx);

    assertEquals("jwt:somebody", known(tokens, signer.sign(claims())).id());
    requireRefused(tokens, new Issuer("k", algorithm).sign(claims()));
    requireRefused(tokens, KEY.sign(new JsonObject().put("kid", "k"), claims()));
  }

  /** RFC 8725, section 3.11: a token that was made for another purpose is refused. */
  @Test
  void checksTheTokenType(Vertx vertx) {
    Tokens tokens = tokens(vertx);

    for (String type : List.of("JWT", "jwt", "at+jwt", "application/at+jwt")) {
      JsonObject header = new JsonObject().put("typ", type);
      assertEquals("jwt:somebody", known(tokens, KEY.sign(header, claims())).id());
    }
    for (String type : List.of("logout+jwt", "secevent+jwt", "dpop+jwt", "other")) {
      requireRefused(tokens, KEY.sign(new JsonObject().put("typ", type), claims()));
    }
  }

  /** A RuntimeException would be answered by 500. */
  @Test
  void refusesRandomTokens(Vertx vertx) {
    Tokens tokens = tokens(vertx);
    String token = KEY.sign(claims());
    Random random = new Random(1);

    for (int round = 0; round < 2_000; round++) {
      StringBuilder changed = new StringBuilder(token);
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        int at = random.nextInt(token.lastIndexOf('.'));
        switch (random.nextInt(3)) {
          case 0 -> changed.setCharAt(at, (char) random.nextInt(33, 127));
          case 1 -> changed.deleteCharAt(at);
          default -> changed.insert(at, (char) random.nextInt(33, 300));
        }
      }
      if (!changed.toString().equals(token)) {
        requireRefused(tokens, changed.toString());
      }
    }
  }

  @Test
  void readsKeysByDiscoveryAndAgainWhenTheyChange(Vertx vertx) {
    AtomicReference<Issuer> current = new AtomicReference<>(KEY);
    AtomicInteger reads = new AtomicInteger();
    HttpServer provider = provider(vertx, current, reads);
    String issuer = "http://127.0.0.1:" + provider.actualPort();
    Tokens tokens = new Tokens(vertx, config(issuer, ""), Clock.systemUTC());
    JsonObject claims = claims().put("iss", issuer);

    assertEquals("jwt:somebody", known(tokens, KEY.sign(claims)).id());
    assertEquals("jwt:somebody", known(tokens, KEY.sign(claims)).id());
    assertEquals(1, reads.get());
    Issuer next = new Issuer("two");
    current.set(next);

    assertEquals("jwt:somebody", known(tokens, next.sign(claims)).id());
    assertEquals(2, reads.get());
    // Anybody may send a token that names an unknown key: the issuer is not asked each time.
    requireRefused(tokens, KEY.sign(claims));
    requireRefused(tokens, KEY.sign(new JsonObject().put("kid", "three"), claims));
    assertEquals(2, reads.get());
    assertEquals("jwt:somebody", known(tokens, next.sign(claims)).id());
  }

  @Test
  void keepsKnownKeysWhileTheIssuerIsDown(Vertx vertx) {
    AtomicReference<Issuer> current = new AtomicReference<>(KEY);
    HttpServer provider = provider(vertx, current, new AtomicInteger());
    String issuer = "http://127.0.0.1:" + provider.actualPort();
    JsonObject claims = claims().put("iss", issuer);
    Tokens tokens = new Tokens(vertx, config(issuer, ""), Clock.systemUTC());
    assertEquals("jwt:somebody", known(tokens, KEY.sign(claims)).id());

    provider.close().await();

    requireRefused(tokens, new Issuer("two").sign(claims));
    assertEquals("jwt:somebody", known(tokens, KEY.sign(claims)).id());
    Tokens without = new Tokens(vertx, config(issuer, ""), Clock.systemUTC());
    for (int i = 0; i < 3; i++) {
      assertThrows(Unavailable.class, () -> without.recognise(KEY.sign(claims)).await());
    }
  }

  @Test
  void refusesTheDiscoveryDocumentOfAnotherIssuer(Vertx vertx) {
    HttpServer provider = provider(vertx, new AtomicReference<>(KEY), new AtomicInteger());
    String issuer = "http://localhost:" + provider.actualPort() + "/";
    Tokens tokens = new Tokens(vertx, config(issuer, ""), Clock.systemUTC());

    String token = KEY.sign(claims().put("iss", issuer));

    assertThrows(Unavailable.class, () -> tokens.recognise(token).await());
  }

  /** An event loop that waited for a slow issuer would serve nobody meanwhile. */
  @Test
  void doesNotBlockTheEventLoop(Vertx vertx) {
    Promise<Void> answer = Promise.promise();
    HttpServer slow =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    answer
                        .future()
                        .onSuccess(go -> request.response().end(KEY.keySet().toBuffer())))
            .listen(0, "127.0.0.1")
            .await();
    String url = "http://127.0.0.1:" + slow.actualPort() + "/keys";
    Tokens tokens = new Tokens(vertx, config(ISSUER, url), Clock.systemUTC());
    Context loop = vertx.getOrCreateContext();
    Promise<Recognition> recognised = Promise.promise();
    Promise<Boolean> onLoop = Promise.promise();

    loop.runOnContext(
        go ->
            tokens
                .recognise(KEY.sign(claims()))
                .onComplete(
                    done -> {
                      onLoop.complete(Vertx.currentContext() == loop);
                      recognised.handle(done);
                    }));
    Promise<Void> free = Promise.promise();
    loop.runOnContext(go -> free.complete());
    free.future().await();
    answer.complete();

    assertInstanceOf(Recognition.Known.class, recognised.future().await());
    assertTrue(onLoop.future().await());
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
}
