package org.benchmarkresults.standardize.verticle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DutyCycleTest {
  /** Close to the overflow, as a clock of nanoseconds may be. */
  private long now = Long.MAX_VALUE - 1_000_000;

  private final DutyCycle duty = new DutyCycle(() -> now);

  @Test
  void thereIsNoRestWithoutSaves() {
    assertEquals(Duration.ZERO, duty.pause());
    pass(100);
    duty.worked(Duration.ofMillis(100));

    assertEquals(Duration.ZERO, duty.pause());
    assertFalse(duty.isLoaded());
  }

  @Test
  void theFirstWorkAfterASaveBeginsAtOnce() {
    pass(5_000);
    duty.saved();

    assertEquals(Duration.ZERO, duty.pause());
    assertTrue(duty.isLoaded());
  }

  @Test
  void underLoadWorkTakesATwentiethOfTheTime() {
    long worked = 0;
    long began = now;
    while (now - began < Duration.ofSeconds(20).toNanos()) {
      duty.saved();
      Duration pause = duty.pause();
      if (pause.isZero()) {
        pass(30);
        worked += 30;
        duty.worked(Duration.ofMillis(30));
      } else {
        now += Math.min(pause.toNanos(), Duration.ofMillis(5).toNanos());
      }
    }

    assertEquals(0.05, worked / 20_000.0, 0.005);
  }

  @Test
  void aLongRestEndsWithTheLoad() {
    duty.saved();
    pass(2_000);
    duty.saved();
    duty.worked(Duration.ofSeconds(2));
    assertEquals(DutyCycle.QUIET, duty.pause());

    pass(DutyCycle.QUIET.toMillis() + 1);

    assertEquals(Duration.ZERO, duty.pause());
  }

  @Test
  void aRestGoesOnWhileSavesArrive() {
    duty.saved();
    duty.worked(Duration.ofMillis(20));
    for (int i = 0; i < 37; i++) {
      pass(10);
      duty.saved();
    }
    assertEquals(Duration.ofMillis(10), duty.pause());

    pass(10);

    assertEquals(Duration.ZERO, duty.pause());
  }

  private void pass(long millis) {
    now += Duration.ofMillis(millis).toNanos();
  }
}
