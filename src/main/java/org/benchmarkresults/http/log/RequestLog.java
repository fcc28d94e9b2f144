package org.benchmarkresults.http.log;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.time.Clock;
import java.util.Set;
import java.util.regex.Pattern;
import org.benchmarkresults.http.problem.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Gives every request an id and, when it is answered, one line in the log. */
public final class RequestLog implements PlatformHandler {
  private static final Logger LOG = LoggerFactory.getLogger("org.benchmarkresults.requests");
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH");
  private static final String HEADER = "X-Request-Id";
  private static final String KEY = "request_id";
  private static final String OPERATION = "operation";
  private static final Pattern PROBE = Pattern.compile("/+(?:health(?:/.*)?|metrics/*)");

  private final Clock clock;
  private final RequestMeters meters;

  public RequestLog(Clock clock, RequestMeters meters) {
    this.clock = clock;
    this.meters = meters;
  }

  /** The id of the request, the caller's own when it sent a usable one. */
  public static String requestId(RoutingContext context) {
    String id = context.get(KEY);
    return id == null ? "" : id;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String given = request.getHeader(HEADER);
    String id =
        given != null && ACCEPTED.matcher(given).matches() ? given : RunIds.next(clock.instant());
    context.put(KEY, id);
    context.response().putHeader(HEADER, id);
    RequestTrace.keep(context);
    long began = System.nanoTime();
    meters.began();
    int unused = context.addEndHandler(ended -> ended(context, id, began, ended.succeeded()));
    context.next();
  }

  /** Remembers the operation that a request reached. */
  public static void reached(RoutingContext context, String operationId) {
    context.put(OPERATION, operationId);
  }

  /** The operation that a request reached; none for a path that is not there. */
  private static String operationId(RoutingContext context) {
    @Nullable String id = context.get(OPERATION);
    return id == null ? "none" : id;
  }

  private void ended(RoutingContext context, String id, long began, boolean answered) {
    HttpServerRequest request = context.request();
    long nanos = System.nanoTime() - began;
    String operation = operationId(context);
    String method = request.method().name();
    String status = answered ? Integer.toString(context.response().getStatusCode()) : "none";
    meters.ended(operation, known(method), status, nanos);
    LoggingEventBuilder line =
        traced(LOG.atLevel(level(context, answered)), context)
            .addKeyValue("operation", operation)
            .addKeyValue("method", method)
            .addKeyValue("path", request.path())
            .addKeyValue("status", status)
            .addKeyValue("duration_ms", millis(nanos))
            .addKeyValue("request_id", id);
    LineRefusals.describe(context, Refusal.describe(context, line))
        .log(answered ? "request" : "request cut");
  }

  /** Probes and scrapes come every few seconds: those that succeed are for debugging. */
  private static Level level(RoutingContext context, boolean answered) {
    boolean succeeded = answered && context.response().getStatusCode() < 400;
    return succeeded && PROBE.matcher(context.request().path()).matches()
        ? Level.DEBUG
        : Level.INFO;
  }

  /** With the trace's id where there is one. */
  public static LoggingEventBuilder traced(LoggingEventBuilder line, RoutingContext context) {
    String trace = RequestTrace.id(context);
    return trace == null ? line : line.addKeyValue("trace_id", trace);
  }

  /** To the microsecond. */
  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  /** Anybody may send any word, and each would be a meter of its own. */
  private static String known(String method) {
    return METHODS.contains(method) ? method : "other";
  }
}
