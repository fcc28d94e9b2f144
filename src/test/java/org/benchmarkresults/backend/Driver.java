package org.benchmarkresults.backend;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.connection.TransportSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The bare MongoDB driver, for looking at a database past the service. */
public final class Driver {
  private static final Map<String, MongoClient> CLIENTS = new ConcurrentHashMap<>();

  private Driver() {}

  /** A test's own database, past the service. */
  public static MongoDatabase of(Database database) {
    MongodDatabase mongod = (MongodDatabase) database;
    return of(mongod.url()).getDatabase(mongod.name());
  }

  /** One client for each URL; it ends with the process. */
  static MongoClient of(String url) {
    return CLIENTS.computeIfAbsent(url, Driver::open);
  }

  /**
   * Has threads of its own: on those that the JDK gives a channel group by default, Netty cannot
   * start the timer thread of a future's timeout (SecurityException of setContextClassLoader).
   */
  private static MongoClient open(String url) {
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(url))
            .transportSettings(
                TransportSettings.asyncBuilder()
                    .executorService(
                        Executors.newCachedThreadPool(
                            Thread.ofPlatform().daemon().name("driver-", 0).factory()))
                    .build())
            .build());
  }

  /** Waits for all that the publisher gives. */
  public static <T> List<T> await(Publisher<T> publisher) {
    return collect(publisher).join();
  }

  static <T> CompletableFuture<List<T>> collect(Publisher<T> publisher) {
    CompletableFuture<List<T>> all = new CompletableFuture<>();
    publisher.subscribe(
        new Subscriber<>() {
          private final List<T> items = new ArrayList<>();

          @Override
          public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(T item) {
            items.add(item);
          }

          @Override
          public void onError(Throwable failure) {
            all.completeExceptionally(failure);
          }

          @Override
          public void onComplete() {
            all.complete(items);
          }
        });
    return all;
  }
}
