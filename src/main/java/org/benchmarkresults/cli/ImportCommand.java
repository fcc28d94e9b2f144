package org.benchmarkresults.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.ConfigException;
import org.benchmarkresults.config.LegacyDatabase;
import org.benchmarkresults.config.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code import}. SIGTERM ends it after the batch under way. */
@Command(
    name = "import",
    description = "Imports the results of the FastAPI service from its database.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every result is stored",
      "1:the import failed; the same command continues it",
      "3:some records were refused"
    })
public final class ImportCommand implements Callable<Integer> {
  private static final long STOP_SECONDS = 60;

  /** Takes the place of {@code --from}, which shows a password in the list of processes. */
  private static final String FROM_VARIABLE = "IMPORT_FROM";

  private final CommandNode node;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final CountDownLatch over = new CountDownLatch(1);

  @Option(
      names = "--from",
      paramLabel = "URL",
      description = {
        "Connection string of the database to read, such as",
        "mongodb://HOST/DATABASE.",
        "To keep a password out of the list of processes, set the environment variable IMPORT_FROM instead."
      })
  private @Nullable String from;

  @Option(
      names = "--raw-collection",
      paramLabel = "NAME",
      defaultValue = "raw",
      description = "Collection of raw inputs (default: ${DEFAULT-VALUE}).")
  private String rawCollection = "";

  @Option(
      names = "--standardized-collection",
      paramLabel = "NAME",
      defaultValue = "standardized",
      description = "Collection of standardized outputs (default: ${DEFAULT-VALUE}).")
  private String standardizedCollection = "";

  @Option(
      names = "--again",
      description = "Start from the beginning, not where an earlier run stopped.")
  private boolean again;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write every refused record to this file, one JSON object per line.")
  private @Nullable Path report;

  /**
   * @param out receives the summary
   * @param err receives progress and errors
   */
  public ImportCommand(
      CommandNode node, Map<String, String> environment, PrintStream out, PrintStream err) {
    this.node = node;
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /**
   * The database to read.
   *
   * @throws ConfigException when it is not given, or not a MongoDB URL
   */
  LegacyDatabase source() {
    String url = from == null ? environment.getOrDefault(FROM_VARIABLE, "") : from;
    if (url.isEmpty()) {
      throw new ConfigException(List.of("Missing required option: '--from=URL'"));
    }
    return new LegacyDatabase(new Secret(url), rawCollection, standardizedCollection);
  }

  @Override
  public Integer call() throws IOException {
    try {
      return node.run(source(), this::run);
    } finally {
      over.countDown();
    }
  }

  private int run(Bus bus, CommandAudit audit) throws IOException {
    Import run = new Import(bus, again, report, audit, err);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(run), "benchmark-results-stop-import"));
    ImportSummary summary = run.run();
    summary.lines().forEach(out::println);
    String cutShort = summary.cutShort();
    if (cutShort != null) {
      err.println("import: " + cutShort);
    }
    return summary.exitCode();
  }

  /** Waits until the batch under way is saved and the summary printed. */
  private void stop(Import run) {
    run.stop();
    try {
      if (!over.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        err.println("import: stopped before the batch under way was saved");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
