package org.benchmarkresults.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of request bodies: bounded, first come first served, and fully released. */
class UploadBudgetTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void availableMemoryIsGrantedAtOnce() {
    UploadBudget budget = new UploadBudget(10);

    List<Future<Share>> taken = List.of(take(budget, 4), take(budget, 6), take(budget, 0));

    assertTrue(taken.stream().allMatch(Future::succeeded));
  }

  @Test
  void requestsWaitForReleasedMemory() {
    UploadBudget budget = new UploadBudget(10);
    Share first = take(budget, 4).result();
    Share second = take(budget, 6).result();
    Future<Share> waiting = take(budget, 7);

    first.close();
    boolean afterTheFirst = waiting.isComplete();
    second.close();

    assertFalse(afterTheFirst);
    assertTrue(waiting.await() != null);
  }

  @Test
  void queueIsFirstComeFirstServed() {
    UploadBudget budget = new UploadBudget(10);
    Share held = take(budget, 10).result();
    Queue<String> served = new ConcurrentLinkedQueue<>();
    Future<Share> large = take(budget, 9).map(share -> noted("large", served, share));
    held.shrinkTo(2);

    Future<Share> small = take(budget, 1).map(share -> noted("small", served, share));
    Future<Share> last = take(budget, 5).map(share -> noted("last", served, share));

    assertFalse(small.isComplete());
    held.close();
    large.await().close();
    small.await().close();
    last.await().close();
    assertEquals(List.of("large", "small", "last"), List.copyOf(served));
  }

  @Test
  void releaseServesAllThatFit() {
    UploadBudget budget = new UploadBudget(10);
    Share held = take(budget, 10).result();
    List<Future<Share>> waiting = List.of(take(budget, 3), take(budget, 3), take(budget, 4));

    held.close();

    assertEquals(3, Future.all(waiting).await().size());
  }

  @Test
  void shrinkReleasesMemory() {
    UploadBudget budget = new UploadBudget(10);
    Share held = take(budget, 10).result();
    Future<Share> waiting = take(budget, 4);

    held.shrinkTo(6);

    assertTrue(waiting.await() != null);
  }

  @Test
  void closeIsIdempotent() {
    UploadBudget budget = new UploadBudget(10);
    Share held = take(budget, 10).result();
    held.shrinkTo(6);
    held.shrinkTo(8);
    held.close();
    held.close();
    Share all = take(budget, 10).result();

    Future<Share> more = take(budget, 1);

    assertTrue(all != null);
    assertFalse(more.isComplete());
  }

  @Test
  void completesOnTheCallersContext() {
    UploadBudget budget = new UploadBudget(10);
    Share held = take(budget, 10).result();
    Promise<Context> servedOn = Promise.promise();
    Future<Share> waiting =
        take(budget, 1).onSuccess(share -> servedOn.complete(Vertx.currentContext()));

    held.close();

    assertTrue(waiting.await() != null);
    assertSame(context, servedOn.future().await());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {5, 20260421})
  void concurrentUseNeverExceedsTheTotal(long seed) {
    Random random = new Random(seed);
    UploadBudget budget = new UploadBudget(100);
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    List<Future<?>> all = new ArrayList<>();

    for (int i = 0; i < 2_000; i++) {
      long bytes = 1 + random.nextInt(100);
      Context of = i % 2 == 0 ? context : vertx.getOrCreateContext();
      all.add(
          take(budget, bytes, of)
              .compose(
                  share -> {
                    most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                    return vertx.executeBlocking(() -> release(share, bytes, held), false);
                  }));
    }

    assertEquals(2_000, Future.all(all).await().size());
    assertTrue(most.get() <= 100, () -> most + " held at once");
    assertTrue(take(budget, 100).succeeded());
  }

  private static Share noted(String name, Queue<String> served, Share share) {
    served.add(name);
    return share;
  }

  private static Object release(Share share, long bytes, AtomicLong held) {
    held.addAndGet(-bytes);
    share.close();
    return bytes;
  }

  private Future<Share> take(UploadBudget budget, long bytes) {
    return take(budget, bytes, context);
  }

  /** Requests memory on the context. */
  private static Future<Share> take(UploadBudget budget, long bytes, Context context) {
    Promise<Future<Share>> asked = Promise.promise();
    context.runOnContext(
        go -> {
          Share share = budget.open(bytes, () -> {});
          asked.complete(share.growTo(bytes).map(grown -> share));
        });
    return asked.future().await();
  }
}
