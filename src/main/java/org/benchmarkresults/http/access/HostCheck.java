package org.benchmarkresults.http.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.benchmarkresults.config.Hosts;
import org.benchmarkresults.http.exchange.Failures;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;

/**
 * Refuses requests for other hosts than this machine while the service listens on the loopback
 * address alone. Otherwise a page whose name resolves to 127.0.0.1 would be of the service's own
 * origin (DNS rebinding).
 */
public final class HostCheck implements SecurityPolicyHandler {
  private final Set<String> allowed;

  private HostCheck(Set<String> allowed) {
    this.allowed = allowed;
  }

  /**
   * The check of a port; may wait for the name of its address to be resolved.
   *
   * @param host what is listened on
   * @param isBehindProxy whether a proxy on this machine passes on what others asked it for
   * @param origins of pages that may call; a name that one of them has is allowed too
   */
  public static SecurityPolicyHandler of(String host, boolean isBehindProxy, List<String> origins) {
    if (isBehindProxy || !isLoopback(host)) {
      return RoutingContext::next;
    }
    Stream<String> named =
        origins.stream().flatMap(origin -> PageOrigin.of(origin).stream()).map(PageOrigin::host);
    return new HostCheck(
        Stream.concat(Stream.of(host.toLowerCase(Locale.ROOT)), named).collect(Collectors.toSet()));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // Listening fails for the same reason, and says so.
      return false;
    }
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    HostAndPort authority = request.authority();
    String host = authority == null ? null : authority.host().toLowerCase(Locale.ROOT);
    // A caller of HTTP/1.0 that names no host is no browser.
    if (host == null || Hosts.isLoopback(host) || allowed.contains(host)) {
      context.next();
    } else {
      Failures.send(
          context,
          new ProblemException(
              Problem.of(
                  403,
                  "host-refused",
                  "Host refused",
                  "The service listens on the loopback address and accepts only requests for"
                      + " localhost or 127.0.0.1. To use another name, set http.host to another"
                      + " address, or set limits.behind_proxy if a proxy on this"
                      + " machine forwards the name.")));
    }
  }
}
