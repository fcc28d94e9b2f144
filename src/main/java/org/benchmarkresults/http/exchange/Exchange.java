package org.benchmarkresults.http.exchange;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.benchmarkresults.http.body.BodyReader.Body;
import org.jspecify.annotations.Nullable;

/**
 * What one request and its answer hold until both are over. Confined to the request's event loop.
 */
public final class Exchange {
  private static final String KEY = "exchange";

  private @Nullable Body body;

  public static Exchange of(RoutingContext context) {
    Exchange exchange = context.get(KEY);
    if (exchange == null) {
      exchange = new Exchange();
      context.put(KEY, exchange);
    }
    return exchange;
  }

  public void holds(Body held) {
    body = held;
  }

  /** Gives back what is held; nothing may use it afterwards. */
  public void over() {
    Body ended = body;
    body = null;
    if (ended != null) {
      // Not at once: up the stack there are those who still refer to its bytes.
      Vertx.currentContext().runOnContext(later -> ended.close());
    }
  }
}
