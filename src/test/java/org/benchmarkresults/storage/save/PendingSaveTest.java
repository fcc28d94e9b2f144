package org.benchmarkresults.storage.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.benchmarkresults.model.result.Received;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.storage.Results;
import org.junit.jupiter.api.Test;

/** Nothing is written long after it says that it was received. */
class PendingSaveTest {
  private static final StoredData HERE = new StoredData.Inline(ByteBuffer.allocate(0));

  private static PendingSave before(Duration time) {
    long stampedAt = System.nanoTime() - time.toNanos();
    return new PendingSave(new OwnWrites(), Results.of("a", "1"), HERE, stampedAt, 3);
  }

  @Test
  void whatWasHeldUpIsReceivedNow() {
    PendingSave restamped = before(Duration.ofSeconds(90)).restamped();

    Instant received = restamped.result().receivedAt();
    assertTrue(!received.isBefore(Results.NOON.plusSeconds(90)), received::toString);
    assertTrue(received.isBefore(Results.NOON.plusSeconds(120)), received::toString);
    assertSame(restamped, restamped.restamped());
  }

  @Test
  void whatWasNotHeldUpStaysAsItIs() {
    PendingSave arrival = before(Duration.ZERO);

    assertSame(arrival, arrival.restamped());
    assertEquals(Results.NOON, arrival.again().result().receivedAt());
  }

  @Test
  void howLongItTakesAtMostDependsOnTheDatabase() {
    assertEquals(Duration.ofSeconds(40), Received.storedWithin(Duration.ofSeconds(10)));
    assertEquals(Duration.ofSeconds(180), Received.storedWithin(Duration.ofMinutes(1)));
  }
}
