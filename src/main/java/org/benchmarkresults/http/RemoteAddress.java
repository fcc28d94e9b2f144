package org.benchmarkresults.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Finds out where a request came from, and holds it to the limit of that address. */
final class RemoteAddress implements SecurityPolicyHandler {
  private static final String KEY = "remote_address";

  /** Anything else would be looked up as a host name. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}");

  private static final int NETWORK_BYTES = 8;
  private static final int V4_BYTES = 4;

  /** Who watches the service is not kept away by who uses it. */
  private static final String PROBES = "/health";

  private final boolean isBehindProxy;
  private final Quota quota;

  RemoteAddress(boolean isBehindProxy, Quota quota) {
    this.isBehindProxy = isBehindProxy;
    this.quota = quota;
  }

  /** Where the request came from. */
  static String of(RoutingContext context) {
    String address = context.get(KEY);
    return address == null ? "" : address;
  }

  @Override
  public void handle(RoutingContext context) {
    String address = address(context.request());
    context.put(KEY, address);
    try {
      // As it is routed: "/health/../raw_input" is no probe.
      if (!context.normalizedPath().startsWith(PROBES)) {
        quota.admit(network(address), context);
      }
      context.next();
    } catch (ProblemException e) {
      Failures.answer(context, e);
    }
  }

  private String address(HttpServerRequest request) {
    String forwarded = isBehindProxy ? request.getHeader("X-Forwarded-For") : null;
    if (forwarded != null) {
      String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
      if (LITERAL.matcher(last).matches()) {
        return last;
      }
    }
    return String.valueOf(request.remoteAddress().hostAddress());
  }

  /** Whoever has one address of IPv6 has all of its network (RFC 6177). */
  private static String network(String address) {
    if (!address.contains(":") || !LITERAL.matcher(address).matches()) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == V4_BYTES
          ? address
          : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES));
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
