package org.benchmarkresults.http.exchange;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.benchmarkresults.http.body.BodyReader.Body;
import org.jspecify.annotations.Nullable;

/** The request body that is held in memory until the operation has ended. */
public final class HeldBody {
  private static final String KEY = "held_body";

  private HeldBody() {}

  public static void keep(RoutingContext context, Body body) {
    context.put(KEY, body);
  }

  /** Releases the memory of the body; nothing may use it afterwards. */
  public static void release(RoutingContext context) {
    @Nullable Body body = context.remove(KEY);
    if (body != null) {
      // In a later task, since callers on the stack may still refer to its bytes.
      Vertx.currentContext().runOnContext(later -> body.close());
    }
  }
}
