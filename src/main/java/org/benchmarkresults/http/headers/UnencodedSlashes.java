package org.benchmarkresults.http.headers;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Encodes unencoded slashes of a result name in a path, which proxies that decode paths produce:
 * {@code /raw_input/a/b/data} is routed as {@code /raw_input/a%2Fb/data}. A suffix of the contract,
 * such as {@code /data}, is never part of a name; names that end like one must be sent encoded.
 */
public final class UnencodedSlashes implements Handler<RoutingContext> {
  private static final Pattern TEMPLATE = Pattern.compile("(/[^{]+/)\\{[^}]+}(.*)");
  private static final Pattern DOTS = Pattern.compile("(?:.*/)?\\.{1,2}(?:/.*)?");

  /** Prefix of a path template to the pattern of name and suffix. */
  private final Map<String, Pattern> suffixes;

  /**
   * @param templates path templates of the contract
   */
  public UnencodedSlashes(List<String> templates) {
    suffixes =
        templates.stream()
            .map(TEMPLATE::matcher)
            .filter(Matcher::matches)
            .collect(
                Collectors.groupingBy(
                    template -> template.group(1),
                    TreeMap::new,
                    Collectors.mapping(
                        template -> template.group(2).replaceAll("\\{[^}]+}", "[^/]+"),
                        Collectors.collectingAndThen(
                            Collectors.joining("|"),
                            suffix ->
                                Pattern.compile("(.+?)(" + suffix + ")/*", Pattern.DOTALL)))));
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = encoded(request.path());
    if (path == null) {
      context.next();
    } else {
      String query = request.query();
      context.reroute(request.method(), query == null ? path : path + "?" + query);
    }
  }

  /** The path with the slashes of its name encoded; null when there are none. */
  @Nullable String encoded(@Nullable String path) {
    if (path == null) {
      return null;
    }
    int start = 0;
    while (path.startsWith("//", start)) {
      start++;
    }
    for (Map.Entry<String, Pattern> entry : suffixes.entrySet()) {
      String prefix = entry.getKey();
      if (path.startsWith(prefix, start)) {
        return encoded(prefix, path.substring(start + prefix.length()), entry.getValue());
      }
    }
    return null;
  }

  private static @Nullable String encoded(String prefix, String rest, Pattern pattern) {
    // One segment is the usual case; the router resolves dot segments.
    if (rest.indexOf('/') < 0 || DOTS.matcher(rest).matches()) {
      return null;
    }
    Matcher matcher = pattern.matcher(rest.replaceFirst("^/+", ""));
    if (!matcher.matches() || matcher.group(1).indexOf('/') < 0) {
      return null;
    }
    return prefix + matcher.group(1).replace("/", "%2F").replace("#", "%23") + matcher.group(2);
  }
}
