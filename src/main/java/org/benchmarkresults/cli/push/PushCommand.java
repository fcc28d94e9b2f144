package org.benchmarkresults.cli.push;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.benchmarkresults.config.ConfigException;
import org.benchmarkresults.config.SettingValue;
import org.benchmarkresults.model.text.Timestamps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code push}. It starts no node. */
@Command(
    name = "push",
    description = "Sends the result files of benchmark tools to a service, as they are.",
    exitCodeOnExecutionException = PushCommand.FAILED,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every file is stored, or was before",
      "1:some files or lines were refused",
      "2:wrong arguments, or the service cannot be reached; the same command continues"
    },
    footer = {
      "",
      "Examples:",
      "  push --server http://localhost:8000 --context hardware=H100 results/",
      "  push --server https://results.example.org --key-file key.txt --dry-run results/"
    })
public final class PushCommand implements Callable<Integer> {
  static final int FAILED = 2;
  private static final int SOME_REFUSED = 1;
  private static final int ALL_STORED = 0;

  private static final String KEY_VARIABLE = "BENCHMARK_RESULTS_KEY";
  private static final String FILE_TIME = "file-time";

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean isTerminal;

  @Option(
      names = "--server",
      paramLabel = "URL",
      required = true,
      description = "URL of the service, such as http://localhost:8000.")
  private String server = "";

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "A file with the API key; the environment variable BENCHMARK_RESULTS_KEY holds the key"
              + " itself.")
  private @Nullable Path keyFile;

  @Option(
      names = "--context",
      paramLabel = "NAME=VALUE",
      description = "What the files do not tell, such as hardware=H100; may be repeated.")
  private Map<String, String> context = new TreeMap<>();

  @Option(
      names = "--benchmark-name",
      paramLabel = "NAME",
      description = "The benchmark (default: the tool that wrote the file).")
  private @Nullable String benchmarkName;

  @Option(
      names = "--model-id",
      paramLabel = "ID",
      description = "The model (default: the one in the file).")
  private @Nullable String modelId;

  @Option(
      names = "--tokenizer-id",
      paramLabel = "ID",
      description = "The tokenizer (default: the one in the file).")
  private @Nullable String tokenizerId;

  @Option(names = "--source", paramLabel = "TEXT", description = "Origin of the results.")
  private @Nullable String source;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "The run that all files belong to (default: derived from each file).")
  private @Nullable String runId;

  @Option(
      names = "--timestamp",
      paramLabel = "TIME",
      description = {
        "The time of all files; 'file-time' gives the time of its last change to a file that tells"
            + " none (default: the time in the file)."
      })
  private @Nullable String timestamp;

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description =
          "Names of files and folders to pass over, such as 'samples_*'; may be repeated.")
  private List<String> excluded = List.of();

  @Option(
      names = "--retry-for",
      paramLabel = "TIME",
      defaultValue = "2m",
      description = "How long a file is sent again while the service is not there (default: 2m).")
  private String patience = "";

  @Option(names = "--dry-run", description = "Show what would be recognised; nothing is stored.")
  private boolean isDryRun;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Files, and folders in which .json, .jsonl and .ndjson files are looked for, also with"
              + " .gz, and .eval and .log files, which are attached to their runs.")
  private List<Path> paths = List.of();

  /**
   * @param out receives the table
   * @param err receives progress and errors
   * @param isTerminal whether {@code err} is a terminal
   */
  public PushCommand(
      Map<String, String> environment, PrintStream out, PrintStream err, boolean isTerminal) {
    this.environment = environment;
    this.out = out;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    String url = url();
    Duration retryFor = retryFor();
    ResultFiles files = new ResultFiles(excluded);
    for (Path path : paths) {
      files.add(path);
    }
    List<Pushed> all = new ArrayList<>();
    files.unreadable().forEach((file, reason) -> all.add(Pushed.refused(file, reason)));
    if (files.found().isEmpty() && all.isEmpty()) {
      throw new ConfigException(
          List.of("no .json, .jsonl or .ndjson file (also with .gz) is in these folders"));
    }
    PushProgress progress = new PushProgress(err, isTerminal, files.found().size());
    boolean isFileTime = FILE_TIME.equals(timestamp);
    if (timestamp != null && !isFileTime && Timestamps.instantOf(timestamp) == null) {
      throw new ConfigException(
          List.of("--timestamp must be a time or " + FILE_TIME + ", is " + timestamp));
    }
    PushOptions options = new PushOptions(parameters(isFileTime), isFileTime, isDryRun);
    @Nullable PushFailure failure = null;
    try (ServiceClient service = new ServiceClient(url, key(), retryFor, err)) {
      Push push = new Push(service, new FileSender(service, options), progress, files.found());
      try {
        push.run();
      } catch (PushFailure e) {
        failure = e;
      }
      all.addAll(push.done());
    }
    PushReport report = new PushReport(all);
    if (failure == null || !all.isEmpty()) {
      report.print(out);
    }
    if (failure != null) {
      err.println("push: " + failure.getMessage());
      return FAILED;
    }
    return report.isAnyRefused() ? SOME_REFUSED : ALL_STORED;
  }

  private Map<String, String> parameters(boolean isFileTime) {
    Map<String, String> parameters = new TreeMap<>();
    put(parameters, "benchmark_name", benchmarkName);
    put(parameters, "model_id", modelId);
    put(parameters, "tokenizer_id", tokenizerId);
    put(parameters, "source", source);
    put(parameters, "run_id", runId);
    put(parameters, PushOptions.TIMESTAMP, isFileTime ? null : timestamp);
    context.forEach((name, value) -> parameters.put("context." + name, value));
    return parameters;
  }

  private static void put(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }

  /** The URL without a slash at its end. */
  private String url() {
    try {
      URI uri = new URI(server);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isHttp && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return server.replaceFirst("/+$", "");
      }
    } catch (URISyntaxException e) {
      // Told below, without the text, which may hold a password.
    }
    throw new ConfigException(
        List.of("--server must be a URL such as http://localhost:8000 or https://host/path"));
  }

  private Duration retryFor() {
    try {
      return SettingValue.duration(patience);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of("--retry-for " + e.getMessage()));
    }
  }

  private @Nullable String key() throws IOException {
    String key =
        keyFile == null
            ? environment.getOrDefault(KEY_VARIABLE, "").strip()
            : Files.readString(keyFile).strip();
    if (key.chars().anyMatch(unit -> unit <= ' ' || unit > '~')) {
      throw new ConfigException(List.of("the API key must be one line of ASCII text"));
    }
    return key.isEmpty() ? null : key;
  }
}
