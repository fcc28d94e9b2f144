package org.benchmarkresults.http.log;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The trace that a request belongs to, if there are any. */
public final class RequestTrace {
  private static final String KEY = "trace_id";

  private RequestTrace() {}

  /** Keeps the trace's id for the log, where the span is the request's own. */
  static void keep(RoutingContext context) {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      context.put(KEY, span.getTraceId());
    }
  }

  /** Null where there is no trace. */
  static @Nullable String id(RoutingContext context) {
    return context.get(KEY);
  }

  /** Calls the request's span what the contract calls the operation. */
  public static void name(String operationId) {
    Span unused = Span.current().updateName(operationId);
  }
}
