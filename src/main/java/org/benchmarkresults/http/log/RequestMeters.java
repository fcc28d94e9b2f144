package org.benchmarkresults.http.log;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Meters of requests by operation, method and status. Thread-safe. */
public final class RequestMeters {
  private final MeterRegistry registry;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
  private final AtomicInteger active = new AtomicInteger();

  /**
   * @param status of the response; {@code none} when it was aborted
   */
  private record Key(String operation, String method, String status) {}

  public RequestMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("http.server.requests.active", active, AtomicInteger::get)
        .description("Requests in progress.")
        .register(registry);
  }

  void started() {
    active.incrementAndGet();
  }

  void ended(String operation, String method, String status, long nanos) {
    active.decrementAndGet();
    timers
        .computeIfAbsent(new Key(operation, method, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Key key) {
    return Timer.builder("http.server.requests")
        .description("Requests by operation (operationId of the contract).")
        .tags("operation", key.operation, "method", key.method, "status", key.status)
        .register(registry);
  }
}
