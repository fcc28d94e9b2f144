package org.benchmarkresults.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.TracingSettings;
import org.benchmarkresults.model.node.MetricsText;
import org.jspecify.annotations.Nullable;

/** The meters of one node. Thread-safe. */
public final class Telemetry implements AutoCloseable {
  /** Histogram buckets, in seconds. */
  private static final double[] BUCKET_SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Timer> requestTimers = new ConcurrentHashMap<>();
  private final JvmGcMetrics gcMetrics = new JvmGcMetrics();

  private final @Nullable Traces traces;

  /**
   * @param version of the service
   */
  public Telemetry(TracingSettings config, String version) {
    traces = config.isOn() ? new Traces(config, version) : null;
    registry.config().meterFilter(new Buckets());
    MeterNames.applyTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gcMetrics.bindTo(registry);
    Gauge.builder("benchmark.results.info", () -> 1)
        .description("The version that runs; always 1.")
        .tag("version", version)
        .register(registry);
  }

  /** Histogram buckets, unlike quantiles, can be aggregated over nodes. */
  private static final class Buckets implements MeterFilter {
    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      if (id.getType() != Meter.Type.TIMER || id.getName().startsWith("jvm.")) {
        return config;
      }
      double[] nanos = DoubleStream.of(BUCKET_SECONDS).map(seconds -> seconds * 1e9).toArray();
      return DistributionStatisticConfig.builder()
          .serviceLevelObjectives(nanos)
          .build()
          .merge(config);
    }
  }

  public MeterRegistry registry() {
    return registry;
  }

  /** A no-op when tracing is off. */
  public OpenTelemetry openTelemetry() {
    return traces == null ? OpenTelemetry.noop() : traces.openTelemetry();
  }

  /** Records a request on the bus. */
  public void recordRequest(String address, String outcome, long nanos) {
    requestTimers
        .computeIfAbsent(address + " " + outcome, key -> requestTimer(address, outcome))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer requestTimer(String address, String outcome) {
    return Timer.builder("bus.request.duration")
        .description("Duration of requests on the event bus.")
        .tags("address", address, "outcome", outcome)
        .register(registry);
  }

  /**
   * Installs Vert.x's metrics of the event bus and of pools, and its tracing if it is on. HTTP is
   * left out because the service measures requests by operation.
   */
  public VertxBuilder install(VertxBuilder builder, VertxOptions options) {
    if (traces != null) {
      VertxBuilder unused = traces.install(builder, options);
    }
    MicrometerMetricsOptions metrics = new MicrometerMetricsOptions().setEnabled(true);
    EnumSet.complementOf(EnumSet.of(MetricsDomain.EVENT_BUS, MetricsDomain.NAMED_POOLS))
        .forEach(metrics::addDisabledMetricsCategory);
    return builder
        .with(options.setMetricsOptions(metrics))
        .withMetrics(new MicrometerMetricsFactory(registry));
  }

  public void serve(Bus bus) {
    bus.serve(
        Addresses.METRICS, empty -> Future.succeededFuture(new MetricsText(registry.scrape())));
  }

  @Override
  public void close() {
    if (traces != null) {
      traces.close();
    }
    gcMetrics.close();
    registry.close();
  }
}
