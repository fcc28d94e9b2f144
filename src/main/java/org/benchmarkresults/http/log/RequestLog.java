package org.benchmarkresults.http.log;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.time.Clock;
import java.util.Set;
import java.util.regex.Pattern;
import org.benchmarkresults.http.problem.Refusal;
import org.benchmarkresults.model.text.Uuid7;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Gives every request an id, and logs it in one line when it has ended. */
public final class RequestLog implements PlatformHandler {
  private static final Logger LOG = LoggerFactory.getLogger("org.benchmarkresults.requests");
  private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH");
  private static final String HEADER = "X-Request-Id";
  private static final String REQUEST_ID = "request_id";
  private static final String TRACE_ID = "trace_id";
  private static final String OPERATION = "operation";
  private static final Pattern PROBE = Pattern.compile("/+(?:health(?:/.*)?|metrics/*)");

  private final Clock clock;
  private final RequestMeters meters;

  public RequestLog(Clock clock, RequestMeters meters) {
    this.clock = clock;
    this.meters = meters;
  }

  /** The id of the request: the client's own when it is valid, else a new one. */
  public static String requestId(RoutingContext context) {
    String id = context.get(REQUEST_ID);
    return id == null ? "" : id;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String sentId = request.getHeader(HEADER);
    String id =
        sentId != null && VALID_ID.matcher(sentId).matches() ? sentId : Uuid7.next(clock.instant());
    context.put(REQUEST_ID, id);
    context.response().putHeader(HEADER, id);
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      context.put(TRACE_ID, span.getTraceId());
    }
    long startNanos = System.nanoTime();
    meters.started();
    int unused = context.addEndHandler(ended -> ended(context, id, startNanos, ended.succeeded()));
    context.next();
  }

  /**
   * Records the operation that the request was routed to, and names the span of the request after
   * it.
   */
  public static void routed(RoutingContext context, String operationId) {
    context.put(OPERATION, operationId);
    Span unused = Span.current().updateName(operationId);
  }

  private static String operationId(RoutingContext context) {
    @Nullable String id = context.get(OPERATION);
    return id == null ? "none" : id;
  }

  private void ended(RoutingContext context, String id, long startNanos, boolean isAnswered) {
    HttpServerRequest request = context.request();
    long nanos = System.nanoTime() - startNanos;
    String operation = operationId(context);
    String method = request.method().name();
    String status = isAnswered ? Integer.toString(context.response().getStatusCode()) : "none";
    meters.ended(operation, meterTag(method), status, nanos);
    LoggingEventBuilder line =
        addTraceId(LOG.atLevel(level(context, isAnswered)), context)
            .addKeyValue("operation", operation)
            .addKeyValue("method", method)
            .addKeyValue("path", request.path())
            .addKeyValue("status", status)
            .addKeyValue("duration_ms", millis(nanos))
            .addKeyValue("request_id", id);
    LineRefusals.describe(context, Refusal.describe(context, line))
        .log(isAnswered ? "request" : "request aborted");
  }

  /** Successful probes and scrapes, which come every few seconds, are logged at debug level. */
  private static Level level(RoutingContext context, boolean isAnswered) {
    boolean succeeded = isAnswered && context.response().getStatusCode() < 400;
    return succeeded && PROBE.matcher(context.request().path()).matches()
        ? Level.DEBUG
        : Level.INFO;
  }

  /** Adds the trace id, if there is one. */
  public static LoggingEventBuilder addTraceId(LoggingEventBuilder line, RoutingContext context) {
    @Nullable String trace = context.get(TRACE_ID);
    return trace == null ? line : line.addKeyValue(TRACE_ID, trace);
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  /** Bounds the number of meters, since clients can send any word as the method. */
  private static String meterTag(String method) {
    return METHODS.contains(method) ? method : "other";
  }
}
