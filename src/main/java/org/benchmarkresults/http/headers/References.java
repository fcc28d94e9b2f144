package org.benchmarkresults.http.headers;

import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * References to the service's own paths in the headers of answers. They are relative to the URL of
 * the request, which keeps them within the folder that a proxy serves the service from; where the
 * proxy names that folder they begin with it.
 */
public final class References {
  static final String PREFIX = "X-Forwarded-Prefix";

  /** Nothing that a browser could take for another host. */
  private static final Pattern FOLDER =
      Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+)+");

  private References() {}

  /**
   * @param path from the root of the service, encoded and without a slash at its beginning
   */
  public static String to(RoutingContext context, String path) {
    String folder = folder(context);
    return folder == null ? up(context.normalizedPath()) + path : folder + "/" + path;
  }

  /** The request's own path with another query. */
  static String toSame(RoutingContext context, String query) {
    String path = context.normalizedPath();
    List<String> named = List.copyOf(context.pathParams().values());
    if (named.isEmpty()) {
      return to(context, path.substring(1) + query);
    }
    String name = named.get(0);
    // Where the caller wrote the slashes of a name bare, its path is deeper than the one here.
    return name.contains("/") && folder(context) == null
        ? query
        : to(context, path.substring(1, path.lastIndexOf('/') + 1) + encoded(name) + query);
  }

  /** As one part of a URL. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String up(String path) {
    int depth = (int) path.chars().filter(letter -> letter == '/').count() - 1;
    return "../".repeat(Math.max(0, depth));
  }

  /** What the proxies took off the path, the outermost first; null when none says so. */
  private static @Nullable String folder(RoutingContext context) {
    if (!context.request().headers().contains(PREFIX)) {
      return null;
    }
    StringBuilder folder = new StringBuilder();
    for (String line : context.request().headers().getAll(PREFIX)) {
      for (String part : line.split(",", -1)) {
        folder.append(part.strip().replaceFirst("/$", ""));
      }
    }
    return folder.isEmpty() || FOLDER.matcher(folder).matches() ? folder.toString() : null;
  }
}
