package org.benchmarkresults.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Uuid7Test {
  private static final Instant NOW = Instant.parse("2026-04-21T12:45:25.391Z");

  @ParameterizedTest
  @ValueSource(
      strings = {"1970-01-01T00:00:00Z", "2026-04-21T12:45:25.391Z", "9999-12-31T23:59:59.999Z"})
  void beginsWithItsTime(Instant moment) {
    UUID id = UUID.fromString(Uuid7.next(moment));

    assertEquals(7, id.version());
    assertEquals(2, id.variant());
    assertEquals(moment.toEpochMilli(), id.getMostSignificantBits() >>> 16);
  }

  @Test
  void sortsByTime() {
    List<String> made =
        LongStream.range(0, 1_000)
            .map(step -> step * 86_399_999)
            .mapToObj(millis -> Uuid7.next(NOW.plusMillis(millis)))
            .toList();

    List<String> sorted = made.stream().sorted().toList();

    assertEquals(made, sorted);
  }

  @Test
  void differsWithinOneMoment() {
    Set<String> made =
        IntStream.range(0, 10_000).mapToObj(i -> Uuid7.next(NOW)).collect(Collectors.toSet());

    assertEquals(10_000, made.size());
  }

  @Test
  void everyFreeBitIsRandom() {
    long[] ones = new long[2];
    long[] zeros = new long[2];

    for (int i = 0; i < 200; i++) {
      UUID id = UUID.fromString(Uuid7.next(NOW));
      ones[0] |= id.getMostSignificantBits();
      ones[1] |= id.getLeastSignificantBits();
      zeros[0] |= ~id.getMostSignificantBits();
      zeros[1] |= ~id.getLeastSignificantBits();
    }

    assertEquals(0xfffL, ones[0] & zeros[0]);
    assertEquals(0x3fff_ffff_ffff_ffffL, ones[1] & zeros[1]);
  }

  @Test
  void boundOfAMomentSortsBetweenOlderAndYoungerOnes() {
    String id = Uuid7.next(NOW);

    assertTrue(id.compareTo(Uuid7.before(NOW)) > 0, id);
    assertTrue(id.compareTo(Uuid7.before(NOW.plusMillis(1))) < 0, id);
    assertTrue(Uuid7.matches(id), id);
    assertFalse(Uuid7.matches(UUID.randomUUID().toString()));
  }
}
