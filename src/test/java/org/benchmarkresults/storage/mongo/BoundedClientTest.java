package org.benchmarkresults.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.benchmarkresults.bus.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BoundedClientTest {
  /** Nothing listens there, and the driver itself waits for an hour. */
  private static final String UNREACHABLE =
      "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=3600000";

  @Test
  void operationThatTheDriverDoesNotEndFailsAsUnavailable(Vertx vertx) {
    MongoClient client =
        BoundedClient.of(
            MongoClient.create(vertx, new JsonObject().put("connection_string", UNREACHABLE)),
            Duration.ofMillis(50));

    Future<Long> count = client.count("results", new JsonObject());

    TimeoutException failure = assertThrows(TimeoutException.class, count::await);
    assertInstanceOf(Unavailable.class, MongoFailures.toUnavailable(failure));
    client.close().await();
  }
}
