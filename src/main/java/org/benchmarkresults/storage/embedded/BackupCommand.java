package org.benchmarkresults.storage.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.benchmarkresults.storage.embedded.file.DataFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A custom database command: the running service writes a backup to its data folder, where the
 * backup command takes it.
 */
public final class BackupCommand {
  public static final String COMMAND = "benchmarkResultsBackup";

  /** Reply field: the file that exists when the backup is complete. */
  public static final String FILE = "file";

  /** The suffix of the file that has the reason when the backup failed. */
  public static final String FAILED = ".failed";

  private static final Logger LOG = LoggerFactory.getLogger(BackupCommand.class);

  private BackupCommand() {}

  static Document begin(EmbeddedStore store) {
    Path target = store.folder().resolve(DataFolder.BACKUP_PREFIX + UUID.randomUUID());
    // On a thread of its own, because it reads the whole database.
    Thread.ofPlatform().name("benchmark-results-backup").start(() -> write(store, target));
    return new Document("ok", 1.0).append(FILE, target.toString());
  }

  private static void write(EmbeddedStore store, Path target) {
    try {
      long entries = store.backup(target);
      LOG.atInfo().addKeyValue("entries", entries).log("backup written");
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().setCause(e).log("backup failed");
      writeFailure(target, "" + e.getMessage());
    }
  }

  private static void writeFailure(Path target, String reason) {
    try {
      Files.write(Path.of(target + FAILED), reason.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("backup failure could not be reported to the backup command");
    }
  }
}
