package org.benchmarkresults.storage.mongo;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * The trace that a piece of work belongs to, carried to where it is done. Work that is done for
 * several at once belongs to that of the first.
 */
public record Trace(io.opentelemetry.context.Context context) {
  public static Trace current() {
    return new Trace(io.opentelemetry.context.Context.current());
  }

  /** Begins the work as a part of the trace. */
  public <T> Future<T> with(Supplier<Future<T>> work) {
    return context.wrapSupplier(work).get();
  }
}
