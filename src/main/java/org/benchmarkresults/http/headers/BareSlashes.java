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
 * Lets the name in a path hold slashes that are not encoded, as they arrive from a proxy that
 * decodes: {@code /raw_input/a/b/data} is routed as {@code /raw_input/a%2Fb/data}. What the
 * contract has behind a name, such as {@code /data}, is never taken for the end of one; a name that
 * ends so must be encoded.
 */
public final class BareSlashes implements Handler<RoutingContext> {
  private static final Pattern TEMPLATE = Pattern.compile("(/[^{]+/)\\{[^}]+}(.*)");
  private static final Pattern DOTS = Pattern.compile("(?:.*/)?\\.{1,2}(?:/.*)?");

  /** By what stands before the name: the name, and what may stand behind it. */
  private final Map<String, Pattern> rest;

  /**
   * @param templates the contract's paths with a name in them
   */
  public BareSlashes(List<String> templates) {
    rest =
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
                            behind ->
                                Pattern.compile("(.+?)(" + behind + ")/*", Pattern.DOTALL)))));
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

  /** The path to route in place of one with bare slashes in a name; null for every other. */
  @Nullable String encoded(@Nullable String path) {
    if (path == null) {
      return null;
    }
    int start = 0;
    while (path.startsWith("//", start)) {
      start++;
    }
    for (Map.Entry<String, Pattern> kind : rest.entrySet()) {
      String before = kind.getKey();
      if (path.startsWith(before, start)) {
        return encoded(before, path.substring(start + before.length()), kind.getValue());
      }
    }
    return null;
  }

  private static @Nullable String encoded(String before, String sent, Pattern pattern) {
    // One segment is the usual case; dots are for the router to resolve.
    if (sent.indexOf('/') < 0 || DOTS.matcher(sent).matches()) {
      return null;
    }
    Matcher matcher = pattern.matcher(sent.replaceFirst("^/+", ""));
    if (!matcher.matches() || matcher.group(1).indexOf('/') < 0) {
      return null;
    }
    return before + matcher.group(1).replace("/", "%2F").replace("#", "%23") + matcher.group(2);
  }
}
