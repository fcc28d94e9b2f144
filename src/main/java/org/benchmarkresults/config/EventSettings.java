package org.benchmarkresults.config;

import java.time.Duration;

/**
 * Telling listeners what is stored.
 *
 * @param heartbeat a listener hears something at least so often
 * @param listeners the most that listen at one node at once
 */
public record EventSettings(@Default("15s") Duration heartbeat, @Default("1000") int listeners) {
  public EventSettings {
    new Requirements()
        .that(
            heartbeat.toMillis() >= 1 && heartbeat.toDays() < 1,
            "events.heartbeat must be longer than 0s and shorter than 1d")
        .that(
            listeners >= 0 && listeners <= 100_000,
            "events.listeners must be 0 to 100000, is " + listeners)
        .orFail();
  }
}
