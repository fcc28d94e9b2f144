package org.benchmarkresults.bus;

import io.vertx.core.Future;

/** A subscription to a topic. */
public interface Subscription {
  /** Succeeds when the listener is called no more. */
  Future<Void> cancel();
}
