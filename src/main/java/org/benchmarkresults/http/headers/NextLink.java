package org.benchmarkresults.http.headers;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The {@code Link} header of the next page (RFC 8288). */
public final class NextLink {
  private static final String CURSOR = "cursor";

  private NextLink() {}

  /** Links to the same request, continued after the cursor. */
  public static String to(RoutingContext context, String cursor) {
    return to(context, CURSOR, cursor);
  }

  /** Links to the same request with another value of one parameter. */
  public static String to(RoutingContext context, String name, String value) {
    MultiMap parameters = context.queryParams();
    StringBuilder query = new StringBuilder();
    char separator = '?';
    for (Map.Entry<String, String> parameter : parameters) {
      if (!parameter.getKey().equals(name)) {
        query
            .append(separator)
            .append(References.encoded(parameter.getKey()))
            .append('=')
            .append(References.encoded(parameter.getValue()));
        separator = '&';
      }
    }
    query.append(separator).append(name).append('=').append(value);
    return "<" + References.toSame(context, query.toString()) + ">; rel=\"next\"";
  }
}
