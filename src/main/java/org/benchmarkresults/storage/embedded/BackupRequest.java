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
 * A command of our own: the running service writes a backup into its data folder, from where
 * whoever asked for it takes it.
 */
public final class BackupRequest {
  public static final String COMMAND = "benchmarkResultsBackup";

  /** Of the answer: the file that will be there once the backup is whole. */
  public static final String FILE = "file";

  /** Where a file is instead, with the reason in it, when the backup failed. */
  public static final String FAILED = ".failed";

  private static final Logger LOG = LoggerFactory.getLogger(BackupRequest.class);

  private BackupRequest() {}

  static Document begin(EmbeddedStore store) {
    Path target = store.folder().resolve(DataFolder.BACKUP_PREFIX + UUID.randomUUID());
    // It takes as long as reading all; the thread that is here has connections to serve.
    Thread.ofPlatform().name("benchmark-results-backup").start(() -> write(store, target));
    return new Document("ok", 1.0).append(FILE, target.toString());
  }

  private static void write(EmbeddedStore store, Path target) {
    try {
      long entries = store.backup(target);
      LOG.atInfo().addKeyValue("entries", entries).log("backup written");
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().setCause(e).log("backup failed");
      failed(target, "" + e.getMessage());
    }
  }

  private static void failed(Path target, String reason) {
    try {
      Files.write(Path.of(target + FAILED), reason.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("that the backup failed could not be told");
    }
  }
}
