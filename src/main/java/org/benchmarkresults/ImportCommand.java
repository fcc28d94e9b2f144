package org.benchmarkresults;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.cli.CommandAudit;
import org.benchmarkresults.cli.Import;
import org.benchmarkresults.cli.ImportArguments;
import org.benchmarkresults.cli.ImportSummary;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.storage.StorageVerticle;
import org.benchmarkresults.storage.imports.LegacyVerticle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command {@code import}: a node with the storage alone, the replaced service's database beside
 * it, and the run over both.
 */
final class ImportCommand {
  private static final int FAILED = 1;
  private static final long STOP_SECONDS = 60;

  private final Config config;
  private final ImportArguments arguments;
  private final PrintStream out;
  private final PrintStream terminal;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
  private final Bus bus = new Bus(vertx);
  private final Import run;
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * @param out where the summary is told
   * @param terminal where all else is
   */
  ImportCommand(Config config, ImportArguments arguments, PrintStream out, PrintStream terminal) {
    this.config = config;
    this.arguments = arguments;
    this.out = out;
    this.terminal = terminal;
    CommandAudit audit = new CommandAudit(bus, Clock.systemUTC(), config.security().audit());
    run = new Import(bus, arguments, audit, terminal);
  }

  /** Runs on the calling thread; gives the exit code. */
  int run() {
    try {
      start().await();
      return tell(run.run());
    } catch (Exception e) {
      terminal.println("import: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
      return FAILED;
    } finally {
      close();
    }
  }

  private Future<String> start() {
    return vertx
        .deployVerticle(
            new StorageVerticle(config.mongo(), config.retention(), bus, Clock.systemUTC()))
        .compose(
            storage ->
                vertx.deployVerticle(
                    new LegacyVerticle(
                        config.mongo(), arguments.replaced(), bus, Clock.systemUTC())));
  }

  private int tell(ImportSummary summary) {
    summary.lines().forEach(out::println);
    String cutShort = summary.cutShort();
    if (cutShort != null) {
      terminal.println("import: " + cutShort);
    }
    return summary.exitCode();
  }

  private void close() {
    try {
      vertx.close().await();
    } finally {
      over.countDown();
    }
  }

  /** Ends the run after the batch under way, and waits until its summary is told. */
  void stop() {
    run.stop();
    try {
      if (!over.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        terminal.println("import: stopped before the batch under way was safe");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Standard output is for the summary alone. */
  static void logToStandardError() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    toStandardError(context.getLogger(Logger.ROOT_LOGGER_NAME));
  }

  private static void toStandardError(AppenderAttachable<ILoggingEvent> appenders) {
    appenders.iteratorForAppenders().forEachRemaining(ImportCommand::toStandardError);
  }

  private static void toStandardError(Appender<ILoggingEvent> appender) {
    if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
      console.setTarget("System.err");
      console.start();
    } else if (appender instanceof AsyncAppender async) {
      toStandardError((AppenderAttachable<ILoggingEvent>) async);
    }
  }
}
