package org.benchmarkresults.standardize.verticle;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.derivation.AdapterList;
import org.benchmarkresults.model.derivation.DeriveRequest;
import org.benchmarkresults.standardize.catalog.AdapterCatalog;
import org.benchmarkresults.standardize.catalog.CatalogFiles;
import org.jspecify.annotations.Nullable;

/**
 * Derives the observations of what is stored, soon after it was stored and in the background, and
 * those of bodies that are only tried. It starts without the database.
 */
public final class StandardizeVerticle extends VerticleBase {
  /** Some 200 bytes each. */
  private static final int MOST_QUEUED = 10_000;

  private static final int PREVIEWS_AT_ONCE = 2;

  /** A body takes seconds, and minutes where the database is slow. */
  private static final long LONGEST_MINUTES = 10;

  private final Config.Standardize config;
  private final Bus bus;
  private final MeterRegistry meters;
  private final DeriveQueue queue = new DeriveQueue(MOST_QUEUED);
  private @Nullable DerivationLoop loop;
  private volatile boolean isClosed;

  public StandardizeVerticle(Config.Standardize config, Bus bus, MeterRegistry meters) {
    this.config = config;
    this.bus = bus;
    this.meters = meters;
  }

  /** Fails when a declaration or an entry of the dictionary is wrong. */
  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(() -> CatalogFiles.read(config.adaptersFolder(), config.metricsFile()))
        .onSuccess(this::serve);
  }

  private void serve(AdapterCatalog catalog) {
    Reading reading = new Reading(catalog);
    WorkerExecutor readers = workers("benchmark-results-preview", PREVIEWS_AT_ONCE);
    Preview preview = new Preview(catalog, reading, readers);
    DerivationMeters counted = new DerivationMeters(meters, queue);
    StoredDeriver deriver =
        new StoredDeriver(
            bus,
            new StoredReading(bus, reading, catalog.id(), counted, () -> isClosed),
            workers("benchmark-results-derive", StoredDeriver.LANES),
            new DerivedSaver(bus, counted),
            this::deriveAgain,
            () -> isClosed);
    DerivationLoop working =
        new DerivationLoop(
            vertx,
            queue,
            deriver,
            new Sweep(bus, catalog, deriver),
            new DutyCycle(System::nanoTime),
            System::nanoTime);
    loop = working;
    bus.serve(ObservationAddresses.PREVIEW_OBSERVATIONS, preview::of);
    bus.serve(ObservationAddresses.OUTLINE, new Outlines(bus, readers, () -> isClosed)::of);
    AdapterList adapters = catalog.list();
    bus.serve(ObservationAddresses.ADAPTERS, empty -> Future.succeededFuture(adapters));
    bus.serve(ObservationAddresses.DERIVE_OBSERVATIONS, request -> accept(request, working));
    working.next();
  }

  private WorkerExecutor workers(String name, int threads) {
    return vertx.createSharedWorkerExecutor(name, threads, LONGEST_MINUTES, TimeUnit.MINUTES);
  }

  private Future<NoArguments> accept(DeriveRequest request, DerivationLoop working) {
    queue.add(request);
    working.saved();
    return Future.succeededFuture(new NoArguments());
  }

  private void deriveAgain(DeriveRequest request) {
    queue.add(request);
    if (loop != null) {
      loop.next();
    }
  }

  /** Waits for nothing: what is not stored yet is derived after the next start. */
  @Override
  public Future<?> stop() {
    isClosed = true;
    if (loop != null) {
      loop.stop();
    }
    return Future.succeededFuture();
  }
}
