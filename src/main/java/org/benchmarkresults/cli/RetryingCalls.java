package org.benchmarkresults.cli;

import io.vertx.core.Future;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;

/** Retries requests while a database is unavailable, as during an election or a restart. */
final class RetryingCalls {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Duration patience;
  private final PrintStream terminal;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /**
   * @param patience how long a request is retried
   */
  RetryingCalls(Duration patience, PrintStream terminal) {
    this.patience = patience;
    this.terminal = terminal;
  }

  /** Ends all retries and pauses. Any thread may call it. */
  void stop() {
    stopping.countDown();
  }

  boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /**
   * Waits for the reply.
   *
   * @throws Unavailable when there was no reply in that time
   */
  <A> A answer(Supplier<Future<A>> question) {
    return answer(question.get(), question);
  }

  /** Waits for the reply to a request that was sent already, and retries it. */
  <A> A answer(Future<A> asked, Supplier<Future<A>> question) {
    long giveUp = System.nanoTime() + patience.toNanos();
    Duration pause = FIRST_PAUSE;
    Future<A> answer = asked;
    while (true) {
      try {
        return answer.await();
      } catch (Unavailable e) {
        if (System.nanoTime() + pause.toNanos() > giveUp || pausedUntilStop(pause)) {
          throw e;
        }
        terminal.println("waiting: " + e.getMessage());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        answer = question.get();
      }
    }
  }

  /** Pauses; true when it was stopped meanwhile. */
  boolean pausedUntilStop(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
