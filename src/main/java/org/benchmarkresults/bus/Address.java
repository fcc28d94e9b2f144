package org.benchmarkresults.bus;

import java.time.Duration;

/**
 * Where a question is asked: its name on the bus, the class of the question and of the answer.
 *
 * @param patience how long an asker waits before the answer counts as not known
 */
public record Address<Q, A>(String name, Class<Q> question, Class<A> answer, Duration patience) {}
