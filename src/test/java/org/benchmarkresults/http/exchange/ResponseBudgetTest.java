package org.benchmarkresults.http.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The memory of responses: pages are queued for it, and it is fully released. */
class ResponseBudgetTest {
  private static final long MIB = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final ResponseBudget budget = new ResponseBudget((6 * MIB * 8 + 4) / 5);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** Acquires memory on the context. */
  private <T> T on(Supplier<T> asking) {
    Promise<T> asked = Promise.promise();
    context.runOnContext(go -> asked.complete(asking.get()));
    return asked.future().await();
  }

  @Test
  void pagesBeyondTheMemoryAreQueued() {
    Share first = on(() -> budget.acquire(Use.PAGES, 4 * MIB)).await();
    Share second = on(() -> budget.acquireNext(Use.PAGES, 2 * MIB)).await();
    Future<Share> third = on(() -> budget.acquireNext(Use.PAGES, 4 * MIB));
    Future<Share> fourth = on(() -> budget.acquireNext(Use.PAGES, MIB));

    second.close();
    boolean tooEarly = third.isComplete() || fourth.isComplete();
    first.shrinkTo(MIB);

    assertFalse(tooEarly);
    third.await().close();
    fourth.await().close();
    first.close();
    assertEquals(0, budget.used());
  }

  @Test
  void smallPagesHaveTheirOwnMemory() {
    Share export = on(() -> budget.acquire(Use.PAGES, 6 * MIB)).await();
    Future<Share> other = on(() -> budget.acquire(Use.PAGES, 2 * MIB));

    Future<Share> small = on(() -> budget.acquire(Use.SMALL, MIB / 2));

    assertTrue(small.succeeded());
    assertFalse(other.isComplete());
    export.close();
    other.await().close();
  }

  @Test
  void noReadAheadAboveHalfOfTheMemory() {
    Share held = on(() -> budget.tryAcquire(2 * MIB)).orElseThrow();

    assertTrue(on(() -> budget.tryAcquire(2 * MIB)).isEmpty());
    held.close();
    assertTrue(on(() -> budget.tryAcquire(2 * MIB)).isPresent());
  }

  @Test
  void resizeMayExceedTheAcquiredBytes() {
    Share page = on(() -> budget.acquireNext(Use.PAGES, 2 * MIB)).await();
    page.resize(7 * MIB);
    Future<Share> next = on(() -> budget.acquireNext(Use.PAGES, MIB));

    assertEquals(7 * MIB, budget.used());
    assertFalse(next.isComplete());
    page.close();
    page.close();
    next.await().close();
    assertEquals(0, budget.used());
  }

  @Test
  void concurrentUseNeverExceedsTheTotal() {
    Random random = new Random(20260421);
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    List<Future<?>> all = new ArrayList<>();

    for (int i = 0; i < 2_000; i++) {
      long bytes = 1 + random.nextLong(6 * MIB);
      all.add(
          on(() -> budget.acquireNext(Use.PAGES, bytes))
              .map(
                  share -> {
                    most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                    vertx.runOnContext(later -> release(share, bytes, held));
                    return bytes;
                  }));
    }

    assertEquals(2_000, Future.all(all).await().size());
    assertTrue(most.get() <= 6 * MIB, () -> most + " held at once");
  }

  private static void release(Share share, long bytes, AtomicLong held) {
    held.addAndGet(-bytes);
    share.close();
  }
}
