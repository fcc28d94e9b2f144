package org.benchmarkresults.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;

/**
 * Tells browsers to take answers for what they say they are and to run nothing of them; the pages of
 * the documentation say otherwise of themselves.
 */
final class SecurityHeaders implements PlatformHandler {
  private static final String A_YEAR = "max-age=31536000";

  private final boolean isEncrypted;

  SecurityHeaders(boolean isEncrypted) {
    this.isEncrypted = isEncrypted;
  }

  @Override
  public void handle(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (isEncrypted) {
      headers.set("Strict-Transport-Security", A_YEAR);
    }
    context.next();
  }
}
