package org.benchmarkresults.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Keeps a number of operations in flight for some seconds and remembers how long each took. */
final class Load {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Begins when it is subscribed to. */
  interface Operation {
    Publisher<?> begin();
  }

  /** A measurement; its text is one line of JSON. */
  record Figures(int count, double seconds, double p50Millis, double p99Millis) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "{\"count\": %d, \"seconds\": %.6f, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"errors\": 0}",
          count, seconds, p50Millis, p99Millis);
    }
  }

  private Load() {}

  /** Fails when an operation fails. */
  static Figures run(Operation operation, int inFlight, int seconds) {
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < inFlight; i++) {
      lanes.add(new Lane(operation, end));
    }
    lanes.forEach(Lane::next);
    lanes.forEach(lane -> lane.done.join());
    double took = (System.nanoTime() - begin) / 1e9;
    long[] nanos = lanes.stream().flatMapToLong(Lane::nanos).sorted().toArray();
    return new Figures(nanos.length, took, percentile(nanos, 50), percentile(nanos, 99));
  }

  private static double percentile(long[] sorted, int percent) {
    return sorted[(int) ((sorted.length - 1L) * percent / 100)] / NANOS_PER_MILLI;
  }

  /** The first item, waited for. */
  static <T> T first(Publisher<T> publisher) {
    return all(publisher).getFirst();
  }

  /** All items, waited for. */
  static <T> List<T> all(Publisher<T> publisher) {
    List<T> items = new ArrayList<>();
    var done = new CompletableFuture<Void>();
    publisher.subscribe(
        new Completion<T>(done) {
          @Override
          public void onNext(T item) {
            items.add(item);
          }

          @Override
          public void onComplete() {
            done.complete(null);
          }
        });
    done.join();
    return items;
  }

  /** Takes all items and keeps none; how many they were. */
  static long drain(Publisher<?> publisher) {
    var count = new LongAdder();
    var done = new CompletableFuture<Void>();
    publisher.subscribe(
        new Completion<Object>(done) {
          @Override
          public void onNext(Object item) {
            count.increment();
          }

          @Override
          public void onComplete() {
            done.complete(null);
          }
        });
    done.join();
    return count.sum();
  }

  /** One operation after the other. One thread at a time calls it, each after the one before. */
  private static final class Lane {
    private final Operation operation;
    private final long end;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long[] nanos = new long[1024];
    private int count;

    Lane(Operation operation, long end) {
      this.operation = operation;
      this.end = end;
    }

    void next() {
      long begin = System.nanoTime();
      if (begin >= end) {
        done.complete(null);
        return;
      }
      operation
          .begin()
          .subscribe(
              new Completion<Object>(done) {
                @Override
                public void onComplete() {
                  add(System.nanoTime() - begin);
                  next();
                }
              });
    }

    private void add(long took) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      nanos[count++] = took;
    }

    LongStream nanos() {
      return Arrays.stream(nanos, 0, count);
    }
  }

  /** Takes whatever comes; a failure is handed on. */
  private abstract static class Completion<T> implements Subscriber<T> {
    private final CompletableFuture<Void> done;

    Completion(CompletableFuture<Void> done) {
      this.done = done;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {}

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }
  }
}
