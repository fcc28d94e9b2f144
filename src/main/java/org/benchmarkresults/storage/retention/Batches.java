package org.benchmarkresults.storage.retention;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * Batches of some work, one after the other, until one finds nothing to do. A loop and no chain of
 * futures: there may be tens of thousands.
 */
public final class Batches {
  private final Supplier<Future<Integer>> batch;
  private final Supplier<Future<Boolean>> mayGoOn;
  private final Promise<Long> end = Promise.promise();
  private long done;

  private Batches(Supplier<Future<Integer>> batch, Supplier<Future<Boolean>> mayGoOn) {
    this.batch = batch;
    this.mayGoOn = mayGoOn;
  }

  /**
   * Succeeds with how much was done in all.
   *
   * @param batch does a part and succeeds with how much that was
   * @param mayGoOn asked before each batch; false fails
   */
  public static Future<Long> of(
      Supplier<Future<Integer>> batch, Supplier<Future<Boolean>> mayGoOn) {
    Batches rounds = new Batches(batch, mayGoOn);
    rounds.next();
    return rounds.end.future();
  }

  private void next() {
    mayGoOn
        .get()
        .compose(
            may ->
                may
                    ? batch.get()
                    : Future.failedFuture(new IllegalStateException("the lease was lost")))
        .onSuccess(this::went)
        .onFailure(end::fail);
  }

  private void went(int more) {
    done += more;
    if (more == 0) {
      end.complete(done);
    } else {
      next();
    }
  }
}
