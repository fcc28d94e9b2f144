package org.benchmarkresults.storage.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Recent counts, for clients that repeat a request while a user types, and for many equal requests
 * at once. One is used only while the newest result of its value is still the newest, so what
 * arrives is counted at once; what is deleted, or moved by a new version, may be counted until it
 * expires.
 *
 * @param <K> the counted value, with the newest result at the time
 */
public final class RecentCounts<K> {
  private static final Duration AGE = Duration.ofSeconds(10);
  private static final int MOST = 10_000;

  private final Cache<K, Future<Long>> counts =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(AGE).executor(Runnable::run).build();

  /** The count, from before or counted now; a failed one is not kept. */
  public Future<Long> of(K key, Supplier<Future<Long>> counting) {
    Future<Long> recent = counts.getIfPresent(key);
    if (recent != null) {
      return recent;
    }
    Future<Long> count = counting.get();
    counts.put(key, count);
    return count.onFailure(failure -> counts.invalidate(key));
  }
}
