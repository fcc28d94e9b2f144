package org.benchmarkresults.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.tracing.opentelemetry.OpenTelemetryOptions;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.time.Duration;
import org.benchmarkresults.config.TracingSettings;

/** Exports the traces of one node to an OTLP collector. Thread-safe. */
final class Traces implements AutoCloseable {
  private static final Duration EXPORT_INTERVAL = Duration.ofSeconds(1);

  private final OpenTelemetrySdk sdk;

  /**
   * @param version of the service
   */
  Traces(TracingSettings config, String version) {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(config.endpoint().replaceFirst("/$", "") + "/v1/traces")
            .build();
    Attributes service =
        Attributes.builder()
            .put("service.name", "benchmark-results")
            .put("service.version", version)
            .build();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().merge(Resource.create(service)))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.samplingRatio())))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter).setScheduleDelay(EXPORT_INTERVAL).build())
            .build();
    sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(provider)
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
  }

  OpenTelemetry openTelemetry() {
    return sdk;
  }

  /** Installs Vert.x's spans of HTTP requests and of bus requests, also between nodes. */
  VertxBuilder install(VertxBuilder builder, VertxOptions options) {
    options.setTracingOptions(new OpenTelemetryOptions());
    return builder.with(options).withTracer(new OpenTelemetryTracingFactory(sdk));
  }

  /** Exports the remaining spans. */
  @Override
  public void close() {
    sdk.close();
  }
}
