package org.benchmarkresults;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintStream;
import java.time.Clock;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.cli.CommandAudit;
import org.benchmarkresults.cli.Keys;
import org.benchmarkresults.cli.KeysArguments;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.storage.StorageVerticle;

/** The command {@code keys}: a node with the storage alone, and what was asked for. */
final class KeysCommand {
  private static final int FAILED = 1;

  private final Config config;
  private final KeysArguments arguments;
  private final PrintStream out;
  private final PrintStream terminal;

  /**
   * @param out where keys are told
   * @param terminal where all else is
   */
  KeysCommand(Config config, KeysArguments arguments, PrintStream out, PrintStream terminal) {
    this.config = config;
    this.arguments = arguments;
    this.out = out;
    this.terminal = terminal;
  }

  /** Runs on the calling thread; gives the exit code. */
  int run() {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
    Bus bus = new Bus(vertx);
    Clock clock = Clock.systemUTC();
    try {
      String unused =
          vertx
              .deployVerticle(new StorageVerticle(config.mongo(), config.retention(), bus, clock))
              .await();
      CommandAudit audit = new CommandAudit(bus, clock, config.security().audit());
      return new Keys(bus, clock, audit, out, terminal).run(arguments);
    } catch (Exception e) {
      terminal.println("keys: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
      return FAILED;
    } finally {
      vertx.close().await();
    }
  }
}
