package org.benchmarkresults.http.log;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The trace of a request, when tracing is on. */
public final class RequestTrace {
  private static final String KEY = "trace_id";

  private RequestTrace() {}

  /** Keeps the trace id for the log; called while the current span is the one of the request. */
  static void keep(RoutingContext context) {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      context.put(KEY, span.getTraceId());
    }
  }

  /** Null without a trace. */
  static @Nullable String id(RoutingContext context) {
    return context.get(KEY);
  }

  /** Names the span of the request after its operation. */
  public static void name(String operationId) {
    Span unused = Span.current().updateName(operationId);
  }
}
