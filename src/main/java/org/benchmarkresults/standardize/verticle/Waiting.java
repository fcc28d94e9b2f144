package org.benchmarkresults.standardize.verticle;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.benchmarkresults.bus.Unavailable;

/** Waits for replies on worker threads. */
final class Waiting {
  private Waiting() {}

  /**
   * Blocks until there is a reply.
   *
   * @param what is waited for, for the message of a failure
   * @throws Unavailable when there is none now
   * @throws IOException when there never will be
   */
  static <T> T forReply(Future<T> reply, Duration timeout, String what) throws IOException {
    try {
      return reply
          .toCompletionStage()
          .toCompletableFuture()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node stops");
    } catch (TimeoutException e) {
      throw new Unavailable("The operation timed out.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Unavailable unavailable) {
        throw unavailable;
      }
      throw new IOException(what + " cannot be read", e.getCause());
    }
  }
}
