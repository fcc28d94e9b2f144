package org.benchmarkresults.standardize.verticle;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.derivation.DerivedResult;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.ObservedResult;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.FindOutcome.Found;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.standardize.resolve.Told;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the observations of stored results; blocks. Thread-safe. */
final class StoredReading {
  private static final Logger LOG = LoggerFactory.getLogger(StoredReading.class);

  private static final String CONTEXT = "context";

  private final Bus bus;
  private final Reading reading;
  private final String catalog;
  private final DerivationMeters meters;
  private final BooleanSupplier isClosed;
  private final RawSeries rawSeries = new RawSeries();

  /**
   * @param catalog identifies the adapters
   * @param isClosed whether the node stops, so that nothing more is read
   */
  StoredReading(
      Bus bus, Reading reading, String catalog, DerivationMeters meters, BooleanSupplier isClosed) {
    this.bus = bus;
    this.reading = reading;
    this.catalog = catalog;
    this.meters = meters;
    this.isClosed = isClosed;
  }

  /**
   * Reads one result.
   *
   * @throws Unavailable when its data cannot be had now
   */
  DerivedResult read(Stage stage, Found found) {
    ResultSummary summary = found.summary();
    long began = System.nanoTime();
    Reading.Outcome outcome = outcome(stage, found);
    DerivedObservations observations = outcome.observations();
    if (stage == Stage.RAW) {
      rawSeries.remember(summary.resultName(), observations);
    } else if (!observations.observations().isEmpty()) {
      findRaw(summary.resultName());
      observations = rawSeries.applied(summary.resultName(), observations);
    }
    meters.read(System.nanoTime() - began);
    return new DerivedResult(
        ObservedResult.of(stage, summary), observations, outcome.reason(), catalog);
  }

  private Reading.Outcome outcome(Stage stage, Found found) {
    ResultSummary summary = found.summary();
    Told told =
        new Told(
            context(summary.envelope().extra()), summary.envelope().modelId(), summary.instant());
    StoredBody body = new StoredBody(bus, stage, found.data(), isClosed);
    return reading.read(body, told, summary.resultName());
  }

  private static @Nullable RawJson context(List<ExtraField> members) {
    return members.stream()
        .filter(member -> member.name().equals(CONTEXT))
        .map(ExtraField::value)
        .findFirst()
        .orElse(null);
  }

  private void findRaw(String resultName) {
    if (rawSeries.remembers(resultName)) {
      return;
    }
    ResultRef raw = new ResultRef(Stage.RAW, resultName, null);
    try {
      FindOutcome outcome =
          Waiting.forReply(
              bus.request(Addresses.FIND, raw), Addresses.FIND.timeout(), "the raw input");
      if (outcome instanceof Found found) {
        rawSeries.remember(resultName, outcome(Stage.RAW, found).observations());
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("result", resultName).setCause(e).log("a raw input cannot be read");
    }
  }
}
