package org.benchmarkresults.http.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Requests under way are counted until they end, and nothing is kept of them then. */
class ConcurrentRequestsTest {
  private static final int OTHERS = 200_000;

  private final ConcurrentRequests underWay = new ConcurrentRequests(2);

  @Test
  void aSubjectIsNotForgottenHoweverManyOthersCome() {
    assertTrue(underWay.begin("busy"));
    assertTrue(underWay.begin("busy"));

    for (int i = 0; i < OTHERS; i++) {
      assertTrue(underWay.begin("other " + i));
    }

    assertFalse(underWay.begin("busy"));
    underWay.end("busy");
    assertTrue(underWay.begin("busy"));
    assertFalse(underWay.begin("busy"));
  }

  @Test
  void nothingIsKeptOfWhatHasEnded() {
    for (int i = 0; i < OTHERS; i++) {
      assertTrue(underWay.begin("subject " + i));
      assertTrue(underWay.begin("subject " + i));
      assertFalse(underWay.begin("subject " + i));
      underWay.end("subject " + i);
      underWay.end("subject " + i);
    }

    assertEquals(0, underWay.subjects());
  }
}
