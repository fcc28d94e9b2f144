package org.benchmarkresults.http.access;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.benchmarkresults.http.exchange.Failures;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Access of pages of other origins: full where their origin is configured, reading where {@code *}
 * is set, none otherwise. Response headers follow the Fetch standard. Requests that need no
 * preflight are checked too, since a form or a script can send a POST without one.
 */
public final class CrossOrigin implements SecurityPolicyHandler {
  private static final String ORIGIN = "Origin";
  private static final String SITE = "Sec-Fetch-Site";
  private static final String ASKED_METHOD = "Access-Control-Request-Method";
  private static final String ASKED_HEADERS = "Access-Control-Request-Headers";
  private static final String ANY = "*";
  private static final String PREFLIGHT_SECONDS = "600";
  private static final String READING = "GET, HEAD";
  private static final String ALL = "GET, HEAD, POST, PUT, PATCH, DELETE";
  private static final String EXPOSED =
      "Accept-Ranges, Content-Disposition, Content-Range, ETag, Link, Location, RateLimit,"
          + " RateLimit-Policy, Repr-Digest, Retry-After, WWW-Authenticate, X-Request-Id,"
          + " X-Total-Count";

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final boolean anyMayRead;
  private final Set<PageOrigin> named;

  /**
   * @param origins those that may do everything, and {@code *} if all others may read
   */
  public CrossOrigin(List<String> origins) {
    anyMayRead = origins.contains(ANY);
    named =
        origins.stream()
            .flatMap(origin -> PageOrigin.of(origin).stream())
            .collect(Collectors.toSet());
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!named.isEmpty()) {
      int unused =
          context.addHeadersEndHandler(end -> context.response().headers().add("Vary", ORIGIN));
    }
    String origin = request.getHeader(ORIGIN);
    boolean isSafe = SAFE.contains(request.method());
    if (origin == null) {
      // Browsers send an Origin with all that is not safe; this is for one that withholds it.
      if (isSafe || !isOfAnotherSite(request.getHeader(SITE))) {
        context.next();
      } else {
        refuse(context);
      }
      return;
    }
    Permission permission = permission(request, origin);
    allow(permission, origin, context.response().headers());
    String asked = request.getHeader(ASKED_METHOD);
    if (request.method().equals(HttpMethod.OPTIONS) && asked != null) {
      preflight(context, permission, asked);
    } else if (permission == Permission.NONE || (permission == Permission.READ && !isSafe)) {
      refuse(context);
    } else {
      context.next();
    }
  }

  private enum Permission {
    NONE,
    READ,
    NAMED,
    OWN
  }

  private Permission permission(HttpServerRequest request, String text) {
    Optional<PageOrigin> origin =
        request.headers().getAll(ORIGIN).size() == 1 ? PageOrigin.of(text) : Optional.empty();
    if (origin.isPresent() && named.contains(origin.get())) {
      return Permission.NAMED;
    }
    if (isOwn(request, origin)) {
      return Permission.OWN;
    }
    return anyMayRead ? Permission.READ : Permission.NONE;
  }

  /** No page can set any of these headers without a preflight, which names none of their values. */
  private static boolean isOwn(HttpServerRequest request, Optional<PageOrigin> origin) {
    String site = request.getHeader(SITE);
    if (site != null) {
      return site.equals("same-origin");
    }
    if (origin.isEmpty()) {
      return false;
    }
    String scheme = first(request.getHeader("X-Forwarded-Proto"));
    String host = first(request.getHeader("X-Forwarded-Host"));
    String authority = host == null ? request.getHeader("Host") : host;
    return PageOrigin.of((scheme == null ? request.scheme() : scheme) + "://" + authority)
        .equals(origin);
  }

  /** The nearest proxy to the browser comes first. */
  private static @Nullable String first(@Nullable String list) {
    return list == null ? null : list.split(",", 2)[0].strip();
  }

  private static boolean isOfAnotherSite(@Nullable String site) {
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  private void allow(Permission permission, String origin, MultiMap headers) {
    if (permission == Permission.NAMED) {
      headers.set("Access-Control-Allow-Origin", origin);
      headers.set("Access-Control-Allow-Credentials", "true");
    } else if (anyMayRead) {
      headers.set("Access-Control-Allow-Origin", ANY);
    } else {
      return;
    }
    headers.set("Access-Control-Expose-Headers", EXPOSED);
  }

  private static void preflight(RoutingContext context, Permission permission, String asked) {
    boolean isReading = SAFE.contains(HttpMethod.valueOf(asked));
    if (permission == Permission.NONE || (permission == Permission.READ && !isReading)) {
      refuse(context);
      return;
    }
    MultiMap headers = context.response().headers();
    headers.set("Access-Control-Allow-Methods", permission == Permission.READ ? READING : ALL);
    headers.set("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    String askedHeaders = context.request().getHeader(ASKED_HEADERS);
    if (askedHeaders != null) {
      // Credentials travel in headers, and which of them are understood is no secret.
      headers.set("Access-Control-Allow-Headers", askedHeaders);
    }
    var unused = context.response().setStatusCode(204).end();
  }

  private static void refuse(RoutingContext context) {
    Failures.send(
        context,
        new ProblemException(
            Problem.of(
                403,
                "origin-refused",
                "Origin refused",
                "Pages of this origin may not send this request. To allow it, add the origin to"
                    + " the setting http.cors_origins.")));
  }
}
