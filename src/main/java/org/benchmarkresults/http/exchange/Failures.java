package org.benchmarkresults.http.exchange;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.http.body.Encoding;
import org.benchmarkresults.http.connection.ConnectionReset;
import org.benchmarkresults.http.log.RequestLog;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.problem.Refusal;
import org.benchmarkresults.model.text.Uuid7;
import org.benchmarkresults.query.QueryRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into problem responses; the only place that does. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final String CHALLENGE = "Bearer realm=\"benchmark-results\"";

  /** RFC 7617; some clients send a password only after this challenge. */
  private static final String BASIC_CHALLENGE =
      "Basic realm=\"benchmark-results\", charset=\"UTF-8\"";

  private static final String RETRY_AFTER_SECONDS = "2";

  private Failures() {}

  /**
   * Sends the problem, or aborts a response that has begun, so that a part never looks complete.
   */
  public static void send(RoutingContext context, Throwable failure) {
    boolean isDisconnected =
        failure instanceof IOException || failure instanceof HttpClosedException;
    if (isDisconnected || context.response().closed()) {
      // The client has disconnected; the request log has the line.
      return;
    }
    Problem problem = problem(failure, context);
    if (context.response().headWritten()) {
      LOG.atWarn()
          .addKeyValue("request_id", RequestLog.requestId(context))
          .addKeyValue("reason", problem.kind())
          .log("response aborted");
      abort(context.request());
      return;
    }
    send(context, problem, Map.of());
  }

  /** A chunked response visibly lacks its end; HTTP/1.0 needs a reset. */
  private static void abort(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_1_0) {
      ConnectionReset.send(request.connection());
    } else {
      var unused = request.connection().close();
    }
  }

  /** Sends the problem of a request that reached no operation. */
  public static void send(RoutingContext context, int status, Map<String, String> headers) {
    send(context, problem(status), headers);
  }

  /** Sends 405 with the methods of the path. */
  public static void sendMethodNotAllowed(RoutingContext context, String allowed) {
    Problem problem =
        Problem.of(
            405,
            "method-not-allowed",
            "This path does not support "
                + context.request().method()
                + "; it supports "
                + allowed
                + ".");
    send(context, problem, Map.of("Allow", allowed));
  }

  /**
   * Rejects bytes that are not a request: not HTTP, or with a line or headers that are too long.
   */
  public static void sendInvalid(HttpServerRequest request) {
    int status =
        switch (request.decoderResult() == null ? null : request.decoderResult().cause()) {
          case TooLongHttpLineException e -> 414;
          case TooLongHttpHeaderException e -> 431;
          case null, default -> 400;
        };
    Buffer body = problem(status).toJson("", Uuid7.next(Instant.now())).toBuffer();
    var unused =
        request
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", "application/problem+json")
            .putHeader("Connection", "close")
            .end(body)
            .onComplete(sent -> request.connection().close());
  }

  public static Problem problem(@Nullable Throwable failure, RoutingContext context) {
    if (failure instanceof ProblemException refused) {
      return refused.problem();
    }
    if (failure instanceof QueryRefused refused) {
      return Problem.invalidQuery(refused.parameter(), "" + refused.getMessage());
    }
    if (failure instanceof Unavailable unavailable) {
      return Problem.unavailable("" + unavailable.getMessage());
    }
    RequestLog.addTraceId(LOG.atError(), context)
        .addKeyValue("request_id", RequestLog.requestId(context))
        .setCause(failure)
        .log("internal error");
    return Problem.bug();
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 400 ->
          Problem.of(
              400, "malformed-request", "The request is not valid HTTP, or its URL is malformed.");
      case 403 ->
          Problem.of(403, "origin-refused", "Requests from pages of this origin are not allowed.");
      case 404 ->
          Problem.of(404, "no-such-path", "Not found", "There is no resource at this path.");
      case 405 -> Problem.of(405, "method-not-allowed", "This path does not support the method.");
      case 413 -> Problem.of(413, "body-too-large", "The body is larger than the limit.");
      case 414 -> Problem.of(414, "url-too-long", "URL too long", "The URL is too long.");
      case 431 -> Problem.of(431, "headers-too-large", "The request headers are too large.");
      case 415 -> Problem.unsupportedMediaType("This media type is not supported.");
      default -> Problem.bug();
    };
  }

  /** RFC 6750, section 3. */
  private static @Nullable String challenge(String kind) {
    return switch (kind) {
      case Problem.TOKEN_MISSING -> CHALLENGE;
      case Problem.TOKEN_REFUSED -> CHALLENGE + ", error=\"invalid_token\"";
      case Problem.SCOPE_MISSING -> CHALLENGE + ", error=\"insufficient_scope\"";
      default -> null;
    };
  }

  private static void send(RoutingContext context, Problem problem, Map<String, String> more) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    Refusal.keep(context, problem);
    Buffer body =
        problem.toJson(context.request().path(), RequestLog.requestId(context)).toBuffer();
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", "application/problem+json");
    if (problem.status() == 503) {
      headers.put("Retry-After", RETRY_AFTER_SECONDS);
    }
    if (problem.kind().equals(Problem.UNSUPPORTED_ENCODING)) {
      headers.put("Accept-Encoding", Encoding.ACCEPTED);
    }
    MultiMap set = response.setStatusCode(problem.status()).headers();
    headers.forEach(set::set);
    String challenge = challenge(problem.kind());
    if (challenge != null) {
      set.set("WWW-Authenticate", challenge);
    }
    if (problem.status() == 401) {
      set.add("WWW-Authenticate", BASIC_CHALLENGE);
    }
    boolean isHead = context.request().method().equals(HttpMethod.HEAD);
    var unused = isHead ? response.end() : response.end(body);
  }
}
