package org.benchmarkresults.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.time.Clock;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives every request an id and, when it is answered, one line in the log. */
final class RequestLog implements PlatformHandler {
  private static final Logger LOG = LoggerFactory.getLogger("org.benchmarkresults.requests");
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final String HEADER = "X-Request-Id";
  private static final String KEY = "request_id";

  private final Clock clock;

  RequestLog(Clock clock) {
    this.clock = clock;
  }

  /** The id of the request, the caller's own when it sent a usable one. */
  static String requestId(RoutingContext context) {
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
    long began = System.nanoTime();
    int unused = context.addEndHandler(ended -> write(context, id, began, ended.succeeded()));
    context.next();
  }

  private static void write(RoutingContext context, String id, long began, boolean answered) {
    HttpServerRequest request = context.request();
    LOG.atInfo()
        .addKeyValue("operation", Routes.operationId(context))
        .addKeyValue("method", request.method().name())
        .addKeyValue("path", request.path())
        .addKeyValue("status", answered ? context.response().getStatusCode() : "none")
        .addKeyValue("duration_ms", millisSince(began))
        .addKeyValue("request_id", id)
        .log(answered ? "request" : "request cut");
  }

  /** To the microsecond. */
  private static double millisSince(long began) {
    return Math.round((System.nanoTime() - began) / 1e3) / 1e3;
  }
}
