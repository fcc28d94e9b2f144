package org.benchmarkresults.storage.save;

import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.model.derivation.DeriveRequest;
import org.benchmarkresults.model.result.Stage;

/**
 * Requests stored results to be read for observations soon, and waits for nothing: what is not
 * requested, or not accepted, is found by the background work. Confined to one event loop.
 */
public final class DeriveRequests {
  /** How long nothing is requested after a request that no node accepted. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int MOST_UNDER_WAY = 1_000;

  private final Bus bus;
  private long pausedSince = System.nanoTime() - PAUSE_NANOS;
  private int underWay;

  public DeriveRequests(Bus bus) {
    this.bus = bus;
  }

  public void send(Stage stage, String resultName, int version) {
    if (underWay >= MOST_UNDER_WAY || System.nanoTime() - pausedSince < PAUSE_NANOS) {
      return;
    }
    underWay++;
    var unused =
        bus.request(
                ObservationAddresses.DERIVE_OBSERVATIONS,
                new DeriveRequest(stage, resultName, version))
            .onComplete(
                (accepted, failure) -> {
                  underWay--;
                  if (failure != null) {
                    pausedSince = System.nanoTime();
                  }
                });
  }
}
