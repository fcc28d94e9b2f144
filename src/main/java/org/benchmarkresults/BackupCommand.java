package org.benchmarkresults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import org.benchmarkresults.cli.BackupArguments;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.storage.EmbeddedBackup;

/** The commands {@code backup} and {@code restore}, of the embedded database. */
final class BackupCommand {
  private static final int FAILED = 1;

  private final Config config;
  private final BackupArguments arguments;
  private final PrintStream terminal;

  BackupCommand(Config config, BackupArguments arguments, PrintStream terminal) {
    this.config = config;
    this.arguments = arguments;
    this.terminal = terminal;
  }

  /** Runs on the calling thread; gives the exit code. */
  int run() {
    if (!config.mongo().embedded()) {
      terminal.println(
          "backup and restore are for the embedded database; MONGO_URL is set: use mongodump and"
              + " mongorestore.");
      return FAILED;
    }
    try {
      EmbeddedBackup backup = new EmbeddedBackup(config.mongo());
      if (arguments.restore()) {
        backup.restore(arguments.file());
        terminal.println("restored into " + config.mongo().embeddedFolder());
      } else {
        backup.write(arguments.file());
        terminal.println("backup written to " + arguments.file());
      }
      return 0;
    } catch (IOException e) {
      terminal.println(
          e instanceof FileSystemException ? "failed: " + e.getMessage() : e.getMessage());
      return FAILED;
    }
  }
}
