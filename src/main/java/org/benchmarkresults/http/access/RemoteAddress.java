package org.benchmarkresults.http.access;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.benchmarkresults.http.exchange.Failures;
import org.benchmarkresults.http.problem.ProblemException;

/** Finds out where a request came from, and holds it to the limit of that address. */
public final class RemoteAddress implements SecurityPolicyHandler {
  private static final String KEY = "remote_address";

  /** Some proxies add the port: {@code 192.0.2.1:4711} or {@code [2001:db8::1]:4711}. */
  private static final Pattern WITH_PORT =
      Pattern.compile("^(?:\\[([^\\[\\]]*)](?::\\d+)?|([0-9.]+):\\d+)$");

  private static final int NETWORK_BYTES = 8;
  private static final int V4_BYTES = 4;

  /** Health probes are exempt from rate limits. */
  private static final String PROBES = "/health";

  private final boolean isBehindProxy;
  private final RateLimit quota;

  public RemoteAddress(boolean isBehindProxy, RateLimit quota) {
    this.isBehindProxy = isBehindProxy;
    this.quota = quota;
  }

  public boolean isBehindProxy() {
    return isBehindProxy;
  }

  /** The address of the client. */
  static String of(RoutingContext context) {
    String address = context.get(KEY);
    return address == null ? "" : address;
  }

  @Override
  public void handle(RoutingContext context) {
    String address = address(context.request());
    context.put(KEY, address);
    try {
      // The normalized path: "/health/../raw_input" is not a probe.
      if (!context.normalizedPath().startsWith(PROBES)) {
        quota.admit(network(address), context);
      }
      context.next();
    } catch (ProblemException e) {
      Failures.send(context, e);
    }
  }

  private String address(HttpServerRequest request) {
    return (isBehindProxy ? forwarded(request) : Optional.<String>empty())
        .orElseGet(() -> String.valueOf(request.remoteAddress().hostAddress()));
  }

  /**
   * The address that the nearest proxy added: the last one of the last line. What is before it was
   * sent by the caller, who may write whatever they like; some proxies add a line instead of an
   * element.
   */
  private static Optional<String> forwarded(HttpServerRequest request) {
    List<String> lines = request.headers().getAll("X-Forwarded-For");
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String last = lines.get(lines.size() - 1);
    String address =
        WITH_PORT.matcher(last.substring(last.lastIndexOf(',') + 1).strip()).replaceFirst("$1$2");
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    // An interface name behind % is of another machine, and only the address is looked at.
    return bytes == null ? Optional.empty() : Optional.of(text(bytes));
  }

  /** The canonical text of an address. */
  private static String text(byte[] bytes) {
    try {
      return NetUtil.toAddressString(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }

  /** An IPv6 client owns its whole /64 network (RFC 6177), so limits count the network. */
  private static String network(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null || bytes.length == V4_BYTES
        ? address
        : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES));
  }
}
