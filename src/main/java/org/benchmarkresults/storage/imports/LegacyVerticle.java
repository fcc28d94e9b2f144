package org.benchmarkresults.storage.imports;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.LegacyDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Opens the database of the service that this one replaces, serves the questions about its records,
 * closes. It is deployed for the command {@code import} alone, and refuses to read from the
 * collections that this service writes.
 */
public final class LegacyVerticle extends VerticleBase {
  private final Config.Mongo own;
  private final LegacyDatabase replaced;
  private final Bus bus;
  private final Clock clock;
  private @Nullable LegacyClient client;

  public LegacyVerticle(Config.Mongo own, LegacyDatabase replaced, Bus bus, Clock clock) {
    this.own = own;
    this.replaced = replaced;
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    LegacyClient opened = LegacyClient.open(vertx, replaced);
    client = opened;
    return new OwnDatabase(vertx, own)
        .refuse(opened, replaced)
        .onSuccess(elsewhere -> serve(opened))
        // A verticle that did not start is not stopped.
        .recover(refused -> stop().transform(closed -> Future.failedFuture(refused)));
  }

  private void serve(LegacyClient opened) {
    LegacyService service = new LegacyService(vertx, opened, replaced, clock);
    bus.serve(Addresses.IMPORT_SOURCE, ask -> service.source());
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
