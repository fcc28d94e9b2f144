package org.benchmarkresults.storage.mongo;

import io.vertx.core.Future;
import io.vertx.ext.mongo.MongoClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes operations of a client end. The driver never completes an operation whose connection is cut
 * while it is written to (see {@link Streams}), not even by its own timeout.
 */
final class BoundedClient {
  private BoundedClient() {}

  /**
   * The same client, whose operations fail with a {@link java.util.concurrent.TimeoutException},
   * their outcome not known, when they take longer.
   *
   * @param longest more than the driver's own time limit of an operation
   */
  static MongoClient of(MongoClient client, Duration longest) {
    return (MongoClient)
        Proxy.newProxyInstance(
            MongoClient.class.getClassLoader(),
            new Class<?>[] {MongoClient.class},
            (proxy, method, arguments) -> bounded(client, method, arguments, longest));
  }

  private static @Nullable Object bounded(
      MongoClient client, Method method, Object @Nullable [] arguments, Duration longest)
      throws Throwable {
    try {
      Object result = method.invoke(client, arguments);
      return result instanceof Future<?> operation && !method.getName().equals("close")
          ? operation.timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
