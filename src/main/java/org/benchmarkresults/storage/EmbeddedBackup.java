package org.benchmarkresults.storage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.LockSupport;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.storage.embedded.BackupRequest;
import org.benchmarkresults.storage.embedded.EmbeddedStore;
import org.benchmarkresults.storage.embedded.InUseException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** Backups of the embedded database, whether a service runs on it or not. */
public final class EmbeddedBackup {
  private static final long LOOK_NANOS = 100_000_000;

  private final Config.Mongo config;
  private final Path folder;

  public EmbeddedBackup(Config.Mongo config) {
    this.config = config;
    folder = Path.of(config.embeddedFolder()).toAbsolutePath();
  }

  /**
   * Writes a backup to a file that is not there yet. Blocks.
   *
   * @throws IOException with a sentence; there is no file then
   */
  public void write(Path target) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target + " is there already; name another file.");
    }
    if (!Files.exists(folder)) {
      throw new IOException("There is no embedded database in " + folder + ".");
    }
    try (EmbeddedStore store = EmbeddedStore.open(folder)) {
      var unused = store.backup(target);
    } catch (InUseException e) {
      fromRunning(target);
    }
  }

  private void fromRunning(Path target) throws IOException {
    Vertx vertx = Vertx.vertx();
    try {
      String url = runningUrl();
      Path written = Path.of(ask(vertx, url));
      Path failed = Path.of(written + BackupRequest.FAILED);
      while (!Files.exists(written)) {
        if (Files.exists(failed)) {
          String reason = Files.readString(failed);
          Files.delete(failed);
          throw new IOException(reason);
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
      move(written, target);
    } finally {
      vertx.close().await();
    }
  }

  private String runningUrl() throws IOException {
    Path file = folder.resolve(EmbeddedMongo.PORT_FILE);
    String url = Files.exists(file) ? Files.readString(file).strip() : "";
    if (url.isEmpty()) {
      throw new IOException(
          "The service that uses " + folder + " cannot be asked for a backup, because " + file
              + " is missing or empty; stop the service and run the command again.");
    }
    return url;
  }

  private String ask(Vertx vertx, String url) {
    MongoClients clients = MongoClients.open(vertx, url, config);
    try {
      BsonDocument command = new BsonDocument(BackupRequest.COMMAND, new BsonInt32(1));
      Future<BsonDocument> answer =
          Streams.one(clients.database().runCommand(command, BsonDocument.class));
      return answer.await().getString(BackupRequest.FILE).getValue();
    } finally {
      clients.close(vertx).await();
    }
  }

  /** The target is there whole or not at all, also on another file system. */
  private static void move(Path written, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Files.move(written, part, StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Makes the embedded database from a backup, in a folder where there is none. Blocks.
   *
   * @throws IOException with a sentence
   */
  public void restore(Path backup) throws IOException {
    if (!Files.isRegularFile(backup)) {
      throw new IOException("There is no backup " + backup + ".");
    }
    var unused = EmbeddedStore.restore(backup, folder);
  }
}
