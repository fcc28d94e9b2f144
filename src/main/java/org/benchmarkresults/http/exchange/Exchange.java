package org.benchmarkresults.http.exchange;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.benchmarkresults.http.body.BodyReader.Body;
import org.jspecify.annotations.Nullable;

/**
 * The request body that is read in memory until the response is sent. Confined to the request's
 * event loop.
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

  public void setBody(Body read) {
    body = read;
  }

  /** Releases the memory of the body; nothing may use it afterwards. */
  public void release() {
    Body released = body;
    body = null;
    if (released != null) {
      // In a later task, since callers on the stack may still refer to its bytes.
      Vertx.currentContext().runOnContext(later -> released.close());
    }
  }
}
