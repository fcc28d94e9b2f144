package org.benchmarkresults.standardize.verticle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.benchmarkresults.model.derivation.DeriveRequest;
import org.benchmarkresults.model.result.Stage;
import org.junit.jupiter.api.Test;

class DeriveQueueTest {
  private final DeriveQueue queue = new DeriveQueue(2);

  @Test
  void theOldestComeFirst() {
    add(Stage.RAW, "a", 1);
    add(Stage.STANDARDIZED, "a", 1);

    assertEquals(List.of(new DeriveRequest(Stage.RAW, "a", 1)), queue.take(1));
    assertEquals(List.of(new DeriveRequest(Stage.STANDARDIZED, "a", 1)), queue.take(9));
    assertEquals(List.of(), queue.take(9));
  }

  @Test
  void theNewestVersionStays() {
    add(Stage.RAW, "a", 2);
    add(Stage.RAW, "a", 3);
    add(Stage.RAW, "a", 1);

    assertEquals(List.of(new DeriveRequest(Stage.RAW, "a", 3)), queue.take(9));
  }

  @Test
  void whatDoesNotFitIsDropped() {
    add(Stage.RAW, "a", 1);
    add(Stage.RAW, "b", 1);
    add(Stage.RAW, "c", 1);
    add(Stage.RAW, "b", 2);

    assertEquals(2, queue.size());
    assertEquals(
        List.of(new DeriveRequest(Stage.RAW, "a", 1), new DeriveRequest(Stage.RAW, "b", 2)),
        queue.take(9));
  }

  private void add(Stage stage, String name, int version) {
    queue.add(new DeriveRequest(stage, name, version));
  }
}
