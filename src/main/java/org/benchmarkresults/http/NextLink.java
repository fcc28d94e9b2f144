package org.benchmarkresults.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The {@code Link} header that leads to the next page (RFC 8288). */
final class NextLink {
  private static final String CURSOR = "cursor";

  private NextLink() {}

  /** To the same request, behind the cursor. */
  static String to(RoutingContext context, String cursor) {
    MultiMap parameters = context.queryParams();
    StringBuilder url = new StringBuilder(context.normalizedPath());
    char separator = '?';
    for (Map.Entry<String, String> parameter : parameters) {
      if (!parameter.getKey().equals(CURSOR)) {
        url.append(separator)
            .append(encoded(parameter.getKey()))
            .append('=')
            .append(encoded(parameter.getValue()));
        separator = '&';
      }
    }
    url.append(separator).append(CURSOR).append('=').append(cursor);
    return "<" + url + ">; rel=\"next\"";
  }

  /** As one part of a URL. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
