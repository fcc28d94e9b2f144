package org.benchmarkresults.bus;

import io.vertx.core.Future;

/** Listening to a topic. */
public interface Subscription {
  /** Succeeds when nothing more is heard. */
  Future<Void> cancel();
}
