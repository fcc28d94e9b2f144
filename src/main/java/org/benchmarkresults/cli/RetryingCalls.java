package org.benchmarkresults.cli;

import io.vertx.core.Future;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;

/**
 * Asks again while a database is away, which it may be for the time of an election or a restart.
 */
final class RetryingCalls {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Duration patience;
  private final PrintStream terminal;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /**
   * @param patience how long a question may go unanswered
   */
  RetryingCalls(Duration patience, PrintStream terminal) {
    this.patience = patience;
    this.terminal = terminal;
  }

  /** From now on nothing new is begun and no pause is waited for. Any thread may call it. */
  void stop() {
    stopping.countDown();
  }

  boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /**
   * The answer, which the calling thread waits for.
   *
   * @throws Unavailable when there was none in all that time
   */
  <A> A answer(Supplier<Future<A>> question) {
    return answer(question.get(), question);
  }

  /** The answer of a question that was asked already, to be asked again if need be. */
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

  /** Waits so long; true when it was told to stop meanwhile. */
  boolean pausedUntilStop(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
