package org.benchmarkresults.http.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.Stage;
import org.junit.jupiter.api.Test;

/** The record of recent events and its expiry. */
class RecentEventsTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final Digest DIGEST = Digest.of(ByteBuffer.allocate(0));

  private static StoredEvent event(Stage stage, String runId, int version, Instant receivedAt) {
    ResultKey key = new ResultKey("t", "b", runId);
    return new StoredEvent(stage, key, null, null, null, version, 1, DIGEST, receivedAt);
  }

  private static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  @Test
  void eventIsNewOnce() {
    RecentEvents memory = new RecentEvents(at(NOON), Duration.ofMinutes(2));

    assertTrue(memory.add(event(Stage.RAW, "a", 1, NOON)));
    assertFalse(memory.add(event(Stage.RAW, "a", 1, NOON)));
    assertTrue(memory.add(event(Stage.STANDARDIZED, "a", 1, NOON)));
    assertTrue(memory.add(event(Stage.RAW, "a", 2, NOON)));
    assertTrue(memory.add(event(Stage.RAW, "b", 1, NOON)));
  }

  @Test
  void resultStoredAgainAfterDeletionIsNew() {
    RecentEvents memory = new RecentEvents(at(NOON), Duration.ofMinutes(2));

    assertTrue(memory.add(event(Stage.RAW, "a", 1, NOON)));
    assertTrue(memory.add(event(Stage.RAW, "a", 1, NOON.plusMillis(1))));
  }

  @Test
  void manyEvents() {
    RecentEvents memory = new RecentEvents(at(NOON), Duration.ofMinutes(2));
    int many = 300_000;

    int first = added(memory, many);
    int again = added(memory, many);

    assertEquals(many, first);
    assertEquals(0, again);
  }

  private static int added(RecentEvents memory, int count) {
    int added = 0;
    for (int i = 0; i < count; i++) {
      added += memory.add(event(Stage.RAW, "r" + i, 1, NOON)) ? 1 : 0;
    }
    return added;
  }
}
