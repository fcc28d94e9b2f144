package org.benchmarkresults.http.headers;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The {@code Link} header that leads to the next page (RFC 8288). */
public final class NextLink {
  private static final String CURSOR = "cursor";

  private NextLink() {}

  /** To the same request, behind the cursor. */
  public static String to(RoutingContext context, String cursor) {
    MultiMap parameters = context.queryParams();
    StringBuilder query = new StringBuilder();
    char separator = '?';
    for (Map.Entry<String, String> parameter : parameters) {
      if (!parameter.getKey().equals(CURSOR)) {
        query
            .append(separator)
            .append(encoded(parameter.getKey()))
            .append('=')
            .append(encoded(parameter.getValue()));
        separator = '&';
      }
    }
    query.append(separator).append(CURSOR).append('=').append(cursor);
    return "<" + References.toSame(context, query.toString()) + ">; rel=\"next\"";
  }

  /** As one part of a URL. */
  public static String encoded(String text) {
    return References.encoded(text);
  }
}
