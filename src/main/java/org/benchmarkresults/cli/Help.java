package org.benchmarkresults.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to {@code --help}, with or without a command. */
public final class Help {
  private static final Map<String, String> USAGES =
      Map.of(
          ImportArguments.COMMAND, ImportArguments.USAGE,
          KeysArguments.COMMAND, KeysArguments.Reading.USAGE,
          BackupArguments.BACKUP, BackupArguments.USAGE,
          BackupArguments.RESTORE, BackupArguments.USAGE);

  static final String GENERAL =
      """
      usage: java -jar benchmark-results.jar [COMMAND]

      Without a command it starts the service. Settings come from conf/config.yaml, from the file that
      CONFIG_FILE names, and from the environment (HTTP_PORT, MONGO_URL and so on; docs/configuration.md lists them).

      commands, each with --help:
        import   brings in the results of the replaced service
        keys     makes, lists and revokes API keys
        backup   writes a backup of the embedded database, also while the service runs
        restore  makes the embedded database from a backup""";

  private Help() {}

  /** What to print; null when no help is asked for. */
  public static @Nullable String asked(List<String> words) {
    String first = words.isEmpty() ? "" : words.get(0);
    boolean isAsked =
        words.contains("--help")
            || first.equals("-h")
            || first.equals("help")
            || (USAGES.containsKey(first) && words.size() > 1 && words.get(1).equals("-h"));
    if (!isAsked) {
      return null;
    }
    String command = first.equals("help") && words.size() > 1 ? words.get(1) : first;
    return USAGES.getOrDefault(command, GENERAL);
  }
}
