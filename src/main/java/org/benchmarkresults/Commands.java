package org.benchmarkresults;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.benchmarkresults.cli.CommandLines;
import org.benchmarkresults.cli.ImportCommand;
import org.benchmarkresults.cli.KeysCommand;
import org.benchmarkresults.cli.push.PushCommand;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.ConfigException;
import org.benchmarkresults.config.ConfigLoader;
import org.benchmarkresults.storage.EmbeddedBackup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line. It is loaded only when there are arguments: picocli would delay the start. */
@Command(
    name = "benchmark-results",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    synopsisHeading = "usage: ",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    usageHelpWidth = 100)
final class Commands {
  private final Supplier<Config> config;
  private final PrintStream err;

  private Commands(Supplier<Config> config, PrintStream err) {
    this.config = config;
    this.err = err;
  }

  /** The output of {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"benchmark-results " + Server.builtVersion()};
    }
  }

  /**
   * The command line of a process.
   *
   * @param environment the settings, read when a command needs them
   * @param out receives results alone: a key, a list, a summary
   * @param err receives messages, help after an error and the log
   */
  static CommandLine of(Map<String, String> environment, PrintStream out, PrintStream err) {
    Supplier<Config> config = () -> ConfigLoader.load(environment);
    var node = new StorageOnlyNode(config, Clock.systemUTC());
    CommandLine root =
        new CommandLine(new Commands(config, err))
            .addSubcommand(new KeysCommand(node, Clock.systemUTC(), out, err))
            .addSubcommand(new ImportCommand(node, environment, out, err))
            .addSubcommand(new PushCommand(environment, out, err, isTerminal()))
            .addSubcommand(new HelpCommand());
    root.getCommandSpec()
        .usageMessage()
        .description(
            "Stores benchmark results and serves them over HTTP. Without arguments the service"
                + " starts.",
            "Settings come from conf/config.yaml, from the file that CONFIG_FILE names, and from the"
                + " environment (docs/configuration.md).");
    return CommandLines.prepared(root, out, err);
  }

  /** Java 22 to 24 would show a progress bar in a file too, which does no harm. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    return System.console() != null;
  }

  @Command(
      description = {
        "Writes a backup of the embedded database (MONGO_EMBEDDED_FOLDER), also while the service"
            + " runs."
      })
  int backup(
      @Option(
              names = "--to",
              paramLabel = "FILE",
              required = true,
              description = "The file to write.")
          Path file)
      throws IOException {
    new EmbeddedBackup(embedded()).write(file.toAbsolutePath());
    err.println("backup written to " + file.toAbsolutePath());
    return 0;
  }

  @Command(
      description = {
        "Creates the embedded database from a backup. The service must be stopped and"
            + " MONGO_EMBEDDED_FOLDER hold no database."
      })
  int restore(
      @Option(
              names = "--from",
              paramLabel = "FILE",
              required = true,
              description = "The backup to read.")
          Path file)
      throws IOException {
    Config.Mongo mongo = embedded();
    new EmbeddedBackup(mongo).restore(file.toAbsolutePath());
    err.println("restored into " + mongo.embeddedFolder());
    return 0;
  }

  private Config.Mongo embedded() {
    Config.Mongo mongo = config.get().mongo();
    if (!mongo.embedded()) {
      throw new ConfigException(
          List.of(
              "backup and restore are for the embedded database; MONGO_URL is set: use scripts/backup"
                  + " and scripts/restore, or mongodump and mongorestore."));
    }
    return mongo;
  }

  /** Makes the log leave standard output to results. */
  static void logToStandardError() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    toStandardError(context.getLogger(Logger.ROOT_LOGGER_NAME));
  }

  private static void toStandardError(AppenderAttachable<ILoggingEvent> appenders) {
    appenders.iteratorForAppenders().forEachRemaining(Commands::toStandardError);
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
