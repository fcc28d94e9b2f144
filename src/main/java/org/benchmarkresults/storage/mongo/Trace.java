package org.benchmarkresults.storage.mongo;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** The trace of a caller, carried to work on another context. Batched work belongs to the first. */
public record Trace(io.opentelemetry.context.Context context) {
  public static Trace current() {
    return new Trace(io.opentelemetry.context.Context.current());
  }

  /** Starts the work within the trace. */
  public <T> Future<T> with(Supplier<Future<T>> work) {
    return context.wrapSupplier(work).get();
  }
}
