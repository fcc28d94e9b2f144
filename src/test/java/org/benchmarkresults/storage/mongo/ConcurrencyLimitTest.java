package org.benchmarkresults.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The limit of concurrent operations and its queue. */
class ConcurrencyLimitTest {
  private final ConcurrencyLimit turns = new ConcurrencyLimit(2);
  private final List<Promise<Integer>> begun = new ArrayList<>();

  private Future<Integer> run() {
    return turns.run(
        () -> {
          Promise<Integer> operation = Promise.promise();
          begun.add(operation);
          return operation.future();
        });
  }

  @Test
  void operationsBeyondTheLimitWaitInOrder() {
    List<Future<Integer>> all = List.of(run(), run(), run(), run());
    assertEquals(2, begun.size());

    for (int i = 0; i < all.size(); i++) {
      begun.get(i).complete(i);
    }

    assertEquals(List.of(0, 1, 2, 3), all.stream().map(Future::result).toList());
  }

  @Test
  void failuresFreeTheirSlot() {
    Future<Integer> failed = run();
    OutOfMemoryError error = new OutOfMemoryError("made by the test");
    Future<Integer> thrown =
        turns.run(
            () -> {
              throw error;
            });
    assertSame(error, thrown.cause());
    var unused = run();

    Future<Integer> last = run();
    begun.get(0).fail("not written");
    begun.get(2).complete(3);

    assertEquals("not written", failed.cause().getMessage());
    assertEquals(3, last.result());
  }
}
