package org.benchmarkresults.cli.push;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * How files are sent.
 *
 * @param parameters of the URL, the same for every file
 * @param isFileTime whether a file that tells no time gets that of its last change
 * @param isDryRun whether nothing is stored
 */
record PushOptions(Map<String, String> parameters, boolean isFileTime, boolean isDryRun) {
  static final String TIMESTAMP = "timestamp";

  PushOptions {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Whether a run id is given, so that files of the same time and tool would become versions of one
   * result.
   */
  boolean isOneRun() {
    return has("run_id");
  }

  /** Whether all files are sent with a parameter. */
  boolean has(String parameter) {
    return parameters.containsKey(parameter);
  }

  /** The parameters with the time of the file's last change, to the second. */
  Map<String, String> withTimeOf(Path file) throws IOException {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put(
        TIMESTAMP,
        Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS).toString());
    return all;
  }
}
