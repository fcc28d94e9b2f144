package org.benchmarkresults.storage;

import com.mongodb.MongoInternalException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Makes futures of the driver's publishers, completed on the caller's context.
 *
 * <p>A pooled connection that was cut while nobody used it is noticed when it is written to, and the
 * driver takes that for a mistake of its own, which it does not repeat. So it is repeated here, on the
 * next connection; whatever is done this way may be done twice.
 */
final class Streams {
  /** As many as the driver's pool holds. */
  private static final int MOST_CONNECTIONS = 100;

  private Streams() {}

  /** Succeeds with all items; for publishers that are known to be short. */
  static <T> Future<List<T>> collect(Publisher<T> publisher) {
    return collect(publisher, Long.MAX_VALUE, item -> 0);
  }

  /** Succeeds with the one item of a publisher that gives one. */
  static <T> Future<T> one(Publisher<T> publisher) {
    return collect(publisher).map(items -> items.get(0));
  }

  /** Succeeds with the items until their weights add up to the limit, at least one if there is any. */
  static <T> Future<List<T>> collect(
      Publisher<T> publisher, long weightLimit, ToLongFunction<T> weight) {
    return collect(publisher, weightLimit, weight, MOST_CONNECTIONS);
  }

  private static <T> Future<List<T>> collect(
      Publisher<T> publisher, long weightLimit, ToLongFunction<T> weight, int otherConnections) {
    Context context = Vertx.currentContext();
    Promise<List<T>> promise =
        context == null ? Promise.promise() : ((ContextInternal) context).promise();
    publisher.subscribe(new Collecting<>(promise, weightLimit, weight));
    return promise
        .future()
        .recover(
            failure ->
                failure instanceof MongoInternalException && otherConnections > 0
                    ? collect(publisher, weightLimit, weight, otherConnections - 1)
                    : Future.failedFuture(failure));
  }

  /** Signals come one after the other, so the list needs no lock. */
  private static final class Collecting<T> implements Subscriber<T> {
    private final Promise<List<T>> promise;
    private final long weightLimit;
    private final ToLongFunction<T> weight;
    private final List<T> items = new ArrayList<>();
    private long collected;
    private @Nullable Subscription subscription;

    Collecting(Promise<List<T>> promise, long weightLimit, ToLongFunction<T> weight) {
      this.promise = promise;
      this.weightLimit = weightLimit;
      this.weight = weight;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {
      if (collected >= weightLimit) {
        return;
      }
      items.add(item);
      collected += weight.applyAsLong(item);
      if (collected >= weightLimit && subscription != null) {
        subscription.cancel();
        promise.tryComplete(items);
      }
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
