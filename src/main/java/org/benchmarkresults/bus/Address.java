package org.benchmarkresults.bus;

import java.time.Duration;

/**
 * Where a question is asked: its name on the bus, the class of the question and of the answer.
 *
 * @param patience how long an asker waits before the answer counts as not known
 * @param repeatable whether to ask twice does no more than to ask once and is answered alike
 */
public record Address<Q, A>(
    String name, Class<Q> question, Class<A> answer, Duration patience, boolean repeatable) {
  /** A repeatable one. */
  public Address(String name, Class<Q> question, Class<A> answer, Duration patience) {
    this(name, question, answer, patience, true);
  }
}
