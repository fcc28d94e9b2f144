package org.benchmarkresults.http.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;

/**
 * Limits the requests of each subject, per second and at the same time. Answers tell what is left,
 * as draft-ietf-httpapi-ratelimit-headers-10 has it. Thread-safe.
 */
public final class RateLimit {
  /**
   * A bucket that nobody took from for so long is full again, and forgetting it changes nothing.
   */
  private static final int MOST_SUBJECTS = 100_000;

  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final String LIMIT = "RateLimit";
  private static final String POLICY = "RateLimit-Policy";

  private final String name;
  private final int rate;
  private final int concurrent;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MOST_SUBJECTS).expireAfterAccess(REMEMBERED).build();
  private final ConcurrentRequests underWay;

  /**
   * @param name in answers: what is limited
   * @param rate requests a second; zero for no limit
   * @param concurrent requests under way; zero for no limit
   */
  public RateLimit(String name, int rate, int concurrent) {
    this.name = name;
    this.rate = rate;
    this.concurrent = concurrent;
    underWay = new ConcurrentRequests(concurrent);
  }

  /** Throws {@link ProblemException} 429 when the subject has made as many requests as it may. */
  void admit(String id, RoutingContext context) {
    if (rate > 0) {
      take(buckets.get(id, any -> bucket()), context);
    }
    if (concurrent > 0) {
      begin(id, context);
    }
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(rate).refillGreedy(rate, Duration.ofSeconds(1)))
        .build();
  }

  private void take(Bucket bucket, RoutingContext context) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    MultiMap headers = context.response().headers();
    headers.add(POLICY, "\"" + name + "\";q=" + rate + ";w=1");
    headers.add(LIMIT, "\"" + name + "\";r=" + probe.getRemainingTokens() + ";t=1");
    if (!probe.isConsumed()) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
      throw refused(context, seconds, rate + " requests a second");
    }
  }

  private void begin(String id, RoutingContext context) {
    if (!underWay.begin(id)) {
      throw refused(context, 1, concurrent + " requests at once");
    }
    // Comes once, however the request ends.
    int unused = context.addEndHandler(ended -> underWay.end(id));
  }

  private ProblemException refused(RoutingContext context, long seconds, String limit) {
    context.response().headers().set("Retry-After", Long.toString(seconds));
    return new ProblemException(Problem.tooManyRequests(name, limit));
  }
}
