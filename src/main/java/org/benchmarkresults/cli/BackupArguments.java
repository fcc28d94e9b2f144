package org.benchmarkresults.cli;

import java.nio.file.Path;
import java.util.List;
import org.benchmarkresults.config.ConfigException;

/**
 * What the commands {@code backup} and {@code restore} were told.
 *
 * @param restore whether the file is read, and not written
 */
public record BackupArguments(boolean restore, Path file) {
  public static final String BACKUP = "backup";
  public static final String RESTORE = "restore";
  static final String USAGE =
      """
      usage: backup --to FILE
             restore --from FILE

      Both work on the embedded database (MONGO_EMBEDDED_FOLDER). A backup can be written while the
      service runs; a restore needs a stopped service and a folder without a database.""";

  /**
   * Reads the words of the command line.
   *
   * @throws ConfigException when they are others
   */
  public static BackupArguments of(List<String> words) {
    boolean restore = words.get(0).equals(RESTORE);
    String option = restore ? "--from" : "--to";
    String file = "";
    if (words.size() == 3 && words.get(1).equals(option)) {
      file = words.get(2);
    } else if (words.size() == 2 && words.get(1).startsWith(option + "=")) {
      file = words.get(1).substring(option.length() + 1);
    }
    if (file.isBlank()) {
      throw new ConfigException(
          List.of(words.get(0) + " is followed by " + option + " and a file", USAGE));
    }
    return new BackupArguments(restore, Path.of(file).toAbsolutePath());
  }
}
