package org.benchmarkresults.security;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.SecuritySettings;
import org.benchmarkresults.security.Recognition.Refused;
import org.jspecify.annotations.Nullable;

/** Identifies callers by their API key or token. Thread-safe. */
public final class Callers {
  private final @Nullable KnownKeys keys;
  private final @Nullable Tokens tokens;

  public Callers(Vertx vertx, Bus bus, Clock clock, SecuritySettings config) {
    keys = config.keys() ? new KnownKeys(bus, clock) : null;
    tokens = config.acceptsJwts() ? new Tokens(vertx, config, clock) : null;
  }

  /**
   * Succeeds with the caller or the reason why the token is refused; fails with Unavailable when
   * the database or the issuer cannot be reached.
   *
   * @param token an API key or a JWT
   */
  public Future<Recognition> recognise(String token) {
    if (token.startsWith(KeyText.BEGIN)) {
      Optional<KeyText> key = KeyText.of(token);
      return keys == null || key.isEmpty()
          ? refused("The API key is not known, expired or revoked.")
          : keys.recognise(key.get());
    }
    return tokens == null ? refused("The token is not an API key.") : tokens.recognise(token);
  }

  private static Future<Recognition> refused(String reason) {
    return Future.succeededFuture(new Refused(reason));
  }
}
