package org.benchmarkresults.http.headers;

import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * URL references to paths of the service in response headers. They are relative to the request URL,
 * so they stay below the path prefix of a reverse proxy; with X-Forwarded-Prefix they start with
 * that prefix.
 */
public final class References {
  static final String PREFIX_HEADER = "X-Forwarded-Prefix";

  /** Rejects everything that a browser could take for another host. */
  private static final Pattern PREFIX_PATTERN =
      Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+)+");

  private References() {}

  /**
   * @param path from the root of the service, encoded, without the leading slash
   */
  public static String to(RoutingContext context, String path) {
    String prefix = prefix(context);
    return prefix == null ? up(context.normalizedPath()) + path : prefix + "/" + path;
  }

  /** The path of the request with another query. */
  static String toSame(RoutingContext context, String query) {
    String path = context.normalizedPath();
    List<String> named = List.copyOf(context.pathParams().values());
    if (named.isEmpty()) {
      return to(context, path.substring(1) + query);
    }
    String name = named.get(0);
    // With unencoded slashes in the name, the path of the client is deeper than the routed one.
    if (name.contains("/") && prefix(context) == null) {
      return query;
    }
    int begin = path.indexOf('/', 1) + 1;
    int end = path.indexOf('/', begin);
    String behind = end < 0 ? "" : path.substring(end);
    return to(context, path.substring(1, begin) + encoded(name) + behind + query);
  }

  /** Percent-encodes one component of a URL. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String up(String path) {
    int depth = (int) path.chars().filter(c -> c == '/').count() - 1;
    return "../".repeat(Math.max(0, depth));
  }

  /** The prefixes removed by proxies, outermost first; null without the header or when invalid. */
  private static @Nullable String prefix(RoutingContext context) {
    if (!context.request().headers().contains(PREFIX_HEADER)) {
      return null;
    }
    StringBuilder prefix = new StringBuilder();
    for (String line : context.request().headers().getAll(PREFIX_HEADER)) {
      for (String part : line.split(",", -1)) {
        prefix.append(part.strip().replaceFirst("/$", ""));
      }
    }
    return prefix.isEmpty() || PREFIX_PATTERN.matcher(prefix).matches() ? prefix.toString() : null;
  }
}
