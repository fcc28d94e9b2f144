package org.benchmarkresults.http.access;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.jspecify.annotations.Nullable;

/** An operation that is open to all and tells more to callers who are known. */
public record ForKnownCallers(Operation operation, AccessCheck guard) implements Operation {
  private static final String KEY = "known_caller";

  /** Whether the caller is known, or nobody is asked who they are. */
  public static boolean isKnown(RoutingContext context) {
    return Boolean.TRUE.equals(context.get(KEY));
  }

  @Override
  public String id() {
    return operation.id();
  }

  @Override
  public @Nullable String address() {
    return operation.address();
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    return guard
        .recognises(context)
        .compose(
            known -> {
              context.put(KEY, known);
              return operation.answer(context, bus);
            });
  }
}
