package org.benchmarkresults.storage.mongo;

import com.mongodb.MongoInternalException;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Makes futures of the driver's publishers, completed on the caller's context.
 *
 * <p>The driver notices a pooled connection that was cut only when it writes to it, and reports
 * that as an internal error, which it does not retry. These operations are retried here, on the
 * next connection, so that each may run twice.
 */
public final class Streams {
  /** The size of the driver's pool. */
  private static final int MOST_CONNECTIONS = 100;

  /** Together about 1 MiB of documents with as much data as one can hold. */
  public static final long FIRST_BATCH = 16;

  /**
   * The same of rows without data, which are a kilobyte each but may be far larger: a page of 100
   * and the row behind it, in one command; as many as the limit would leave a cursor open.
   */
  public static final long FIRST_BATCH_OF_ROWS = 102;

  private static final long BATCH_GROWTH = 16;

  /** Longer than any operation but building an index, which is retried. */
  private static final long LONGEST_MINUTES = 10;

  private Streams() {}

  /** Succeeds with all items; for publishers that are known to be short. */
  public static <T> Future<List<T>> collect(Publisher<T> publisher) {
    return all(publisher).timeout(LONGEST_MINUTES, TimeUnit.MINUTES);
  }

  private static <T> Future<List<T>> all(Publisher<T> publisher) {
    return collect(publisher, Long.MAX_VALUE, Long.MAX_VALUE, item -> 0, MOST_CONNECTIONS);
  }

  /**
   * The same within twice the timeout of the collection. The driver's own timeout does not end an
   * operation whose connection is cut while it is written to: its Netty stream throws
   * NoSuchElementException and completes no callback.
   */
  public static <T> Future<List<T>> collect(Publisher<T> publisher, MongoCollection<?> collection) {
    Long millis = collection.getTimeout(TimeUnit.MILLISECONDS);
    Future<List<T>> items = all(publisher);
    return millis == null || millis == 0 ? items : items.timeout(2 * millis, TimeUnit.MILLISECONDS);
  }

  /** Succeeds with the one item of a publisher that gives one. */
  public static <T> Future<T> one(Publisher<T> publisher) {
    return collect(publisher).map(items -> items.get(0));
  }

  /**
   * Succeeds with the items until their weights add up to the limit, at least one if there is any.
   * They are asked for in batches: the publisher must have no batch size of its own, for the server
   * fills one of any size up to 16 MB, and the driver holds it twice.
   *
   * @param firstBatch items to ask for while nothing is known of their weights
   */
  public static <T> Future<List<T>> collect(
      Publisher<T> publisher, long weightLimit, long firstBatch, ToLongFunction<T> weight) {
    return collect(publisher, weightLimit, firstBatch, weight, MOST_CONNECTIONS)
        .timeout(LONGEST_MINUTES, TimeUnit.MINUTES);
  }

  private static <T> Future<List<T>> collect(
      Publisher<T> publisher,
      long weightLimit,
      long firstBatch,
      ToLongFunction<T> weight,
      int otherConnections) {
    Context context = Vertx.currentContext();
    Promise<List<T>> promise =
        context == null ? Promise.promise() : ((ContextInternal) context).promise();
    publisher.subscribe(new Collecting<>(promise, weightLimit, firstBatch, weight));
    return promise
        .future()
        .recover(
            failure ->
                failure instanceof MongoInternalException && otherConnections > 0
                    ? collect(publisher, weightLimit, firstBatch, weight, otherConnections - 1)
                    : Future.failedFuture(failure));
  }

  /** Signals come one after the other, so the list needs no lock. */
  private static final class Collecting<T> implements Subscriber<T> {
    private final Promise<List<T>> promise;
    private final long weightLimit;
    private final ToLongFunction<T> weight;
    private final List<T> items = new ArrayList<>();
    private long collected;
    private long batch;
    private long awaited;
    private long largest = 1;
    private @Nullable Subscription subscription;

    Collecting(
        Promise<List<T>> promise, long weightLimit, long firstBatch, ToLongFunction<T> weight) {
      batch = firstBatch;
      this.promise = promise;
      this.weightLimit = weightLimit;
      this.weight = weight;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      awaited = batch;
      given.request(batch);
    }

    @Override
    public void onNext(T item) {
      if (collected >= weightLimit) {
        return;
      }
      items.add(item);
      long itemWeight = weight.applyAsLong(item);
      collected += itemWeight;
      largest = Math.max(largest, itemWeight);
      awaited--;
      if (collected >= weightLimit && subscription != null) {
        subscription.cancel();
        promise.tryComplete(items);
      } else if (awaited == 0 && subscription != null) {
        askForMore(subscription);
      }
    }

    /**
     * The number that fits if all are as large as the largest so far, but not many more than
     * before.
     */
    private void askForMore(Subscription asked) {
      long fitting = Math.max(1, (weightLimit - collected) / largest);
      batch = Math.min(fitting, batch * BATCH_GROWTH);
      awaited = batch;
      asked.request(batch);
    }

    @Override
    public void onError(Throwable failure) {
      promise.tryFail(failure);
    }

    @Override
    public void onComplete() {
      promise.tryComplete(items);
    }
  }
}
