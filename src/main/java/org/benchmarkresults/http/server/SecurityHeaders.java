package org.benchmarkresults.http.server;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.util.Map;

/**
 * Security headers of every response: no MIME sniffing, no framing, no scripts. The documentation
 * pages override the policy.
 */
public final class SecurityHeaders implements PlatformHandler {
  /** Encoded once, since every response has them. */
  private static final Map<CharSequence, CharSequence> ALWAYS =
      Map.of(
          text("X-Content-Type-Options"), text("nosniff"),
          text("X-Frame-Options"), text("DENY"),
          text("Referrer-Policy"), text("no-referrer"),
          text("Content-Security-Policy"), text("default-src 'none'; frame-ancestors 'none'"));

  private static final CharSequence TRANSPORT = text("Strict-Transport-Security");
  private static final CharSequence ONE_YEAR = text("max-age=31536000");

  private final boolean isEncrypted;

  public SecurityHeaders(boolean isEncrypted) {
    this.isEncrypted = isEncrypted;
  }

  private static CharSequence text(String text) {
    return HttpHeaders.createOptimized(text);
  }

  @Override
  public void handle(RoutingContext context) {
    MultiMap headers = context.response().headers();
    ALWAYS.forEach(headers::set);
    if (isEncrypted) {
      headers.set(TRANSPORT, ONE_YEAR);
    }
    context.next();
  }
}
