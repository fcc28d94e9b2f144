package org.benchmarkresults.bus;

import java.time.Duration;

/**
 * An operation on the bus: its name there and the classes of its request and reply.
 *
 * @param timeout how long a caller waits for the reply; after it the outcome is not known
 * @param repeatable whether a request may be sent twice with the effect and the reply of one
 */
public record Address<Q, A>(
    String name, Class<Q> requestType, Class<A> replyType, Duration timeout, boolean repeatable) {
  /** A repeatable operation. */
  public Address(String name, Class<Q> requestType, Class<A> replyType, Duration timeout) {
    this(name, requestType, replyType, timeout, true);
  }
}
