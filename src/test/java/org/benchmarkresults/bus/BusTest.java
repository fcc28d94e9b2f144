package org.benchmarkresults.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.result.Chunk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests and replies within a node. */
class BusTest {
  private static final Address<NoArguments, Chunk> CHUNK =
      new Address<>("test.chunk", NoArguments.class, Chunk.class, Duration.ofSeconds(30));
  private static final Address<NoArguments, Chunk> SHORT_TIMEOUT =
      new Address<>("test.short_timeout", NoArguments.class, Chunk.class, Duration.ofMillis(1));

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void replyIsPassedByReference() {
    Chunk given = new Chunk(java.nio.ByteBuffer.allocate(3));
    bus.serve(CHUNK, empty -> Future.succeededFuture(given));

    Chunk answer = bus.request(CHUNK, new NoArguments()).await();

    assertSame(given, answer);
  }

  @Test
  void requestIsPassedByReference() {
    AtomicReference<NoArguments> served = new AtomicReference<>();
    bus.serve(
        CHUNK, empty -> Future.succeededFuture(new Chunk(null)).onSuccess(x -> served.set(empty)));
    NoArguments request = new NoArguments();

    Chunk unused = bus.request(CHUNK, request).await();

    assertSame(request, served.get());
  }

  @Test
  void replyArrivesOnTheCallersContext() {
    bus.serve(CHUNK, empty -> Future.succeededFuture(new Chunk(null)));
    Context context = vertx.getOrCreateContext();
    Promise<Context> answered = Promise.promise();

    context.runOnContext(
        go ->
            bus.request(CHUNK, new NoArguments())
                .onSuccess(answer -> answered.complete(Vertx.currentContext())));

    assertSame(context, answered.future().await());
  }

  @Test
  void unservedAddressIsUnavailable() {
    Unavailable failure =
        assertThrows(Unavailable.class, () -> bus.request(CHUNK, new NoArguments()).await());

    assertEquals("No node serves this operation yet.", failure.getMessage());
  }

  @Test
  void timeoutIsUnavailable() {
    bus.serve(SHORT_TIMEOUT, empty -> Promise.<Chunk>promise().future());

    Unavailable failure =
        assertThrows(
            Unavailable.class, () -> bus.request(SHORT_TIMEOUT, new NoArguments()).await());

    assertEquals("The operation timed out; its outcome is not known.", failure.getMessage());
  }

  @Test
  void unavailableKeepsItsMessage() {
    bus.serve(CHUNK, empty -> Future.failedFuture(new Unavailable("The database is unavailable.")));

    Unavailable failure =
        assertThrows(Unavailable.class, () -> bus.request(CHUNK, new NoArguments()).await());

    assertEquals("The database is unavailable.", failure.getMessage());
  }

  @Test
  void thrownUnavailableReachesTheCaller() {
    bus.serve(
        CHUNK,
        empty -> {
          throw new Unavailable("thrown");
        });

    Unavailable failure =
        assertThrows(Unavailable.class, () -> bus.request(CHUNK, new NoArguments()).await());

    assertEquals("thrown", failure.getMessage());
  }

  @Test
  void bugIsReportedWithoutItsMessage() {
    bus.serve(CHUNK, empty -> Future.failedFuture(new IllegalStateException("inner secret")));

    RuntimeException failure =
        assertThrows(RuntimeException.class, () -> bus.request(CHUNK, new NoArguments()).await());

    assertFalse(failure instanceof Unavailable);
    assertFalse(failure.getMessage().contains("inner secret"), failure.getMessage());
  }

  @Test
  void thrownExceptionIsReportedAsBug() {
    bus.serve(
        CHUNK,
        empty -> {
          throw new IllegalStateException("inner secret");
        });

    RuntimeException failure =
        assertThrows(RuntimeException.class, () -> bus.request(CHUNK, new NoArguments()).await());

    assertInstanceOf(io.vertx.core.eventbus.ReplyException.class, failure);
  }

  /** The most likely error in a handler is OutOfMemoryError. */
  @Test
  void errorIsReportedAsBugAndDoesNotBlockShutdown() {
    bus.serve(
        CHUNK,
        empty -> {
          throw new OutOfMemoryError("made by a test");
        });

    RuntimeException failure =
        assertThrows(RuntimeException.class, () -> bus.request(CHUNK, new NoArguments()).await());
    Future<Void> stopped = bus.stopServing(Duration.ofDays(1));

    assertInstanceOf(io.vertx.core.eventbus.ReplyException.class, failure);
    Void unused = stopped.await();
  }

  @Test
  void acceptedRequestIsCompletedAfterStopServing() {
    Promise<NoArguments> taken = Promise.promise();
    Promise<Chunk> made = Promise.promise();
    bus.serve(
        CHUNK,
        empty -> {
          taken.complete(empty);
          return made.future();
        });
    Future<Chunk> answer = bus.request(CHUNK, new NoArguments());
    NoArguments unused = taken.future().await();

    Future<Void> stopped = bus.stopServing(Duration.ofSeconds(60));

    assertFalse(stopped.isComplete());
    Chunk chunk = new Chunk(null);
    made.complete(chunk);
    stopped.await();
    assertSame(chunk, answer.await());
    assertThrows(Unavailable.class, () -> bus.request(CHUNK, new NoArguments()).await());
  }

  @Test
  void requestWithoutReplyDoesNotBlockShutdown() {
    Promise<NoArguments> taken = Promise.promise();
    bus.serve(
        CHUNK,
        empty -> {
          taken.complete(empty);
          return Promise.<Chunk>promise().future();
        });
    Future<Chunk> unanswered = bus.request(CHUNK, new NoArguments());
    NoArguments unused = taken.future().await();

    bus.stopServing(Duration.ofMillis(1)).await();

    assertFalse(unanswered.isComplete());
  }
}
