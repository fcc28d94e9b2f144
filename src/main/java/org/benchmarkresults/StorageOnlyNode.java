package org.benchmarkresults;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.cli.CommandAudit;
import org.benchmarkresults.cli.CommandNode;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.LegacyDatabase;
import org.benchmarkresults.storage.StorageVerticle;
import org.benchmarkresults.storage.imports.LegacyVerticle;
import org.jspecify.annotations.Nullable;

/**
 * The node of a command.
 *
 * @param config is read when the node starts, so that a wrong command line is reported first
 */
record StorageOnlyNode(Supplier<Config> config, Clock clock) implements CommandNode {
  @Override
  public int run(@Nullable LegacyDatabase source, Action action) throws IOException {
    Config settings = config.get();
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
    try {
      Bus bus = new Bus(vertx);
      String unused =
          vertx
              .deployVerticle(
                  new StorageVerticle(settings.mongo(), settings.retention(), bus, clock))
              .await();
      if (source != null) {
        unused =
            vertx.deployVerticle(new LegacyVerticle(settings.mongo(), source, bus, clock)).await();
      }
      return action.run(bus, new CommandAudit(bus, clock, settings.security().audit()));
    } finally {
      vertx.close().await();
    }
  }
}
