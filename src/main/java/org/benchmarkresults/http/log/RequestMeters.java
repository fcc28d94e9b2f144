package org.benchmarkresults.http.log;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests there were of each operation, how they ended and how long they took.
 * Thread-safe.
 */
public final class RequestMeters {
  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * @param status that of the answer; {@code none} when it was cut
   */
  private record Kind(String operation, String method, String status) {}

  public RequestMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("http.server.requests.active", underWay, AtomicInteger::get)
        .description("Requests that are being read or answered.")
        .register(registry);
  }

  void began() {
    underWay.incrementAndGet();
  }

  void ended(String operation, String method, String status, long nanos) {
    underWay.decrementAndGet();
    timers
        .computeIfAbsent(new Kind(operation, method, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("http.server.requests")
        .description("Requests by operation of the contract.")
        .tags("operation", kind.operation, "method", kind.method, "status", kind.status)
        .register(registry);
  }
}
