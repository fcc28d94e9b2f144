package org.benchmarkresults.storage.imports;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.LegacyDatabase;
import org.jspecify.annotations.Nullable;

/** Serves the records of the legacy database on the bus, for the {@code import} command alone. */
public final class LegacyVerticle extends VerticleBase {
  private final Config.Mongo own;
  private final LegacyDatabase legacy;
  private final Bus bus;
  private final Clock clock;
  private @Nullable LegacyClient client;

  public LegacyVerticle(Config.Mongo own, LegacyDatabase legacy, Bus bus, Clock clock) {
    this.own = own;
    this.legacy = legacy;
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    LegacyClient opened = LegacyClient.open(vertx, legacy);
    client = opened;
    return new SelfImportCheck(vertx, own)
        .run(opened, legacy)
        .onSuccess(elsewhere -> serve(opened))
        // Vert.x does not call stop() after a failed start.
        .recover(refused -> stop().transform(closed -> Future.failedFuture(refused)));
  }

  private void serve(LegacyClient opened) {
    LegacyService service = new LegacyService(vertx, opened, legacy, clock);
    bus.serve(Addresses.IMPORT_SOURCE, empty -> service.source());
    bus.serve(Addresses.IMPORT_NEXT, service::next);
  }

  @Override
  public Future<?> stop() {
    LegacyClient opened = client;
    return opened == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              opened.close();
              return null;
            });
  }
}
