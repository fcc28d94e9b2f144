package org.benchmarkresults.storage.derivation;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the watermark back when results arrive that were received long ago, as imports store them.
 * Confined to one event loop.
 */
final class Backdated {
  /** Results that were received later are found without that. */
  private static final Duration LONG_AGO = Duration.ofMinutes(1);

  /** During an import the watermark goes back once in this time. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final OpenDatabase database;
  private @Nullable Instant oldest;
  private boolean isPausing;

  Backdated(OpenDatabase database) {
    this.database = database;
  }

  void stored(StoredEvent event) {
    if (event.receivedAt().isAfter(database.clock().instant().minus(LONG_AGO))) {
      return;
    }
    if (oldest == null || event.receivedAt().isBefore(oldest)) {
      oldest = event.receivedAt();
    }
    goBack();
  }

  private void goBack() {
    Instant to = oldest;
    if (isPausing || to == null) {
      return;
    }
    isPausing = true;
    oldest = null;
    Future<Void> unused = Watermark.goBack(database, to).onFailure(failure -> again(to));
    Timer unusedTimer =
        Timer.once(
            database.vertx(),
            PAUSE,
            () -> {
              isPausing = false;
              goBack();
            });
  }

  private void again(Instant to) {
    if (oldest == null || to.isBefore(oldest)) {
      oldest = to;
    }
  }
}
