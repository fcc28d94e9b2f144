package org.benchmarkresults.security;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.config.SecuritySettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of the issuer, as its JWK set has them (RFC 7517): read when first needed, again
 * when a token names a key that is not among them, and from time to time, so that a key that was
 * withdrawn is forgotten. Thread-safe.
 */
final class SigningKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BELIEVED = Duration.ofMinutes(5);

  /** Anybody may send a token that names an unknown key: the issuer is not asked each time. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final int LEEWAY_SECONDS = 10;
  private static final Set<String> KINDS = Set.of("RSA", "EC", "OKP");

  private record Loaded(JWTAuth verifier, Set<String> ids, Instant at) {}

  private final Vertx vertx;
  private final SecuritySettings config;
  private final Clock clock;
  private @Nullable Loaded loaded;
  private @Nullable Future<Loaded> loading;
  private Instant triedAt = Instant.MIN;

  SigningKeys(Vertx vertx, SecuritySettings config, Clock clock) {
    this.vertx = vertx;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Succeeds with what verifies tokens, by the key if the issuer has it; fails with {@link
   * Unavailable} while its keys could not be read.
   *
   * @param keyId as the token names it; null when it names none
   */
  synchronized Future<JWTAuth> with(@Nullable String keyId) {
    Loaded now = loaded;
    Instant time = clock.instant();
    if (now != null && isGood(now, keyId, time)) {
      return Future.succeededFuture(now.verifier);
    }
    if (loading == null && time.isBefore(triedAt.plus(PAUSE)) && triedAt.isAfter(Instant.MIN)) {
      return now == null ? Future.failedFuture(away()) : Future.succeededFuture(now.verifier);
    }
    Future<JWTAuth> read = load(time).map(Loaded::verifier);
    // Old keys do while the issuer is away.
    return now == null ? read : read.otherwise(now.verifier);
  }

  private static boolean isGood(Loaded keys, @Nullable String keyId, Instant time) {
    return time.isBefore(keys.at.plus(BELIEVED)) && (keyId == null || keys.ids.contains(keyId));
  }

  private static Unavailable away() {
    return new Unavailable("The keys of the token's issuer cannot be read now.");
  }

  private Future<Loaded> load(Instant time) {
    if (loading != null) {
      return loading;
    }
    triedAt = time;
    Future<Loaded> read =
        vertx
            .executeBlocking(this::read, false)
            .map(set -> verifier(set, time))
            .onComplete(this::ended)
            .recover(failure -> Future.failedFuture(away()));
    loading = read.isComplete() ? null : read;
    return read;
  }

  private synchronized void ended(@Nullable Loaded read, @Nullable Throwable failure) {
    loading = null;
    if (read != null) {
      loaded = read;
    } else {
      LOG.atWarn()
          .addKeyValue("issuer", config.issuer())
          .addKeyValue("reason", String.valueOf(failure))
          .log("the keys of the issuer cannot be read");
    }
  }

  private Loaded verifier(JsonObject set, Instant time) {
    List<JsonObject> keys =
        set.getJsonArray("keys", new JsonArray()).stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .filter(key -> KINDS.contains(key.getString("kty")))
            .filter(key -> "sig".equals(key.getString("use", "sig")))
            .toList();
    if (keys.isEmpty()) {
      // A verifier without keys would take tokens without signatures.
      throw new IllegalStateException("the key set holds no public key for signatures");
    }
    JWTOptions options =
        new JWTOptions()
            .setIssuer(config.issuer())
            .addAudience(config.audience())
            .setLeeway(LEEWAY_SECONDS);
    JWTAuth verifier =
        JWTAuth.create(vertx, new JWTAuthOptions().setJwks(keys).setJWTOptions(options));
    Set<String> ids =
        keys.stream().map(key -> key.getString("kid", "")).collect(Collectors.toSet());
    return new Loaded(verifier, ids, time);
  }

  private JsonObject read() throws IOException, InterruptedException {
    String place = config.jwks();
    if (!place.isEmpty() && !place.matches("https?://.*")) {
      return new JsonObject(Files.readString(Path.of(place)));
    }
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      return get(place.isEmpty() ? discovered(client) : place, client);
    }
  }

  /** As OpenID Connect Discovery 1.0, section 4 has it. */
  private String discovered(HttpClient client) throws IOException, InterruptedException {
    String issuer = config.issuer().replaceFirst("/$", "");
    JsonObject document = get(issuer + "/.well-known/openid-configuration", client);
    if (!config.issuer().equals(document.getString("issuer"))) {
      throw new IOException("the discovery document is of another issuer");
    }
    return document.getString("jwks_uri");
  }

  private static JsonObject get(String url, HttpClient client)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(url + " answers " + answer.statusCode());
    }
    return new JsonObject(answer.body());
  }
}
