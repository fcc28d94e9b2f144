package org.benchmarkresults.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.security.ApiKey;
import org.benchmarkresults.model.security.KeyFound;
import org.benchmarkresults.model.security.KeyRef;
import org.benchmarkresults.model.security.KeyUse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recognises API keys. Key lookups, including misses, are cached. Thread-safe. */
final class KnownKeys {
  private static final Logger LOG = LoggerFactory.getLogger(KnownKeys.class);
  private static final int MOST_KEYS = 10_000;

  /** A revoked key is refused after this. */
  private static final Duration CACHED = Duration.ofSeconds(1);

  private static final Duration USE_TOLD = Duration.ofMinutes(1);
  private static final String UNKNOWN = "The API key is not known, expired or revoked.";

  private final Bus bus;
  private final Clock clock;
  private final Cache<String, KeyFound> found;

  /** Keys whose last use was written within the last minute. */
  private final Cache<String, Instant> used =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterWrite(USE_TOLD).build();

  KnownKeys(Bus bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
    found = Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterWrite(CACHED).build();
  }

  /** Succeeds with the key's caller or a refusal; fails with Unavailable without the database. */
  Future<Recognition> recognise(KeyText given) {
    KeyFound known = found.getIfPresent(given.id());
    if (known != null) {
      return Future.succeededFuture(recognise(given, known.key()));
    }
    return bus.request(Addresses.KEY, new KeyRef(given.id()))
        .map(
            answer -> {
              found.put(given.id(), answer);
              return recognise(given, answer.key());
            });
  }

  private Recognition recognise(KeyText given, @Nullable ApiKey key) {
    Instant now = clock.instant();
    // One reason for all, so that guessing does not reveal which keys exist.
    if (key == null || !isSame(key.digest(), given.digest()) || !key.isValid(now)) {
      return new Recognition.Refused(UNKNOWN);
    }
    tellUse(key.id(), now);
    return new Recognition.Known(
        new Caller("key:" + key.id(), Set.copyOf(key.scopes()), key.benchmarkPrefix()));
  }

  /** Compares in constant time. */
  private static boolean isSame(Digest one, Digest other) {
    return MessageDigest.isEqual(
        one.text().getBytes(StandardCharsets.US_ASCII),
        other.text().getBytes(StandardCharsets.US_ASCII));
  }

  private void tellUse(String id, Instant now) {
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    if (used.asMap().putIfAbsent(id, minute) == null) {
      Future<NoArguments> unused =
          bus.request(Addresses.KEY_USED, new KeyUse(id, minute))
              .onFailure(
                  failure -> {
                    used.invalidate(id);
                    LOG.atDebug()
                        .addKeyValue("key", id)
                        .log("the last use of a key could not be written");
                  });
    }
  }
}
