package org.benchmarkresults.standardize.verticle;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.derivation.DerivedResult;

/** The meters of deriving. */
final class DerivationMeters {
  private final Timer time;
  private final Counter derived;
  private final Counter failed;

  DerivationMeters(MeterRegistry registry, DeriveQueue queue) {
    time =
        Timer.builder("observations.derive")
            .description("Time that reading the observations of one result took.")
            .register(registry);
    derived = results(registry, DerivationState.DERIVED);
    failed = results(registry, DerivationState.FAILED);
    Gauge.builder("observations.queue", queue, DeriveQueue::size)
        .description("Results just stored whose observations are not read yet.")
        .register(registry);
  }

  private static Counter results(MeterRegistry registry, DerivationState state) {
    return Counter.builder("observations.results")
        .description("Results whose observations were stored, and those that could not be read.")
        .tag("state", state.text())
        .register(registry);
  }

  void read(long nanos) {
    time.record(Duration.ofNanos(nanos));
  }

  void saved(DerivedResult result) {
    (result.state() == DerivationState.DERIVED ? derived : failed).increment();
  }
}
