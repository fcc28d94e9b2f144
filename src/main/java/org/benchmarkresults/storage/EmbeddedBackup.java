package org.benchmarkresults.storage;

import com.mongodb.MongoException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.LockSupport;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.storage.embedded.BackupCommand;
import org.benchmarkresults.storage.embedded.EmbeddedStore;
import org.benchmarkresults.storage.embedded.file.InUseException;
import org.benchmarkresults.storage.embedded.file.NewDataFile;
import org.benchmarkresults.storage.mongo.EmbeddedMongo;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** Backup and restore of the embedded database, offline or from a running service. */
public final class EmbeddedBackup {
  private static final long POLL_NANOS = 100_000_000;
  private static final int POLLS_PER_PING = 20;

  private final Config.Mongo config;
  private final Path folder;

  public EmbeddedBackup(Config.Mongo config) {
    this.config = config;
    folder = Path.of(config.embeddedFolder()).toAbsolutePath();
  }

  /**
   * Writes a backup to a new file. Blocks.
   *
   * @throws IOException with a sentence for the operator; the target does not exist then
   */
  public void write(Path target) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target + " exists already; name another file.");
    }
    if (!Files.exists(folder)) {
      throw new IOException("There is no embedded database in " + folder + ".");
    }
    try (EmbeddedStore store = EmbeddedStore.open(folder)) {
      var unused = store.backup(target);
    } catch (InUseException e) {
      writeOnline(target);
    }
  }

  private void writeOnline(Path target) throws IOException {
    Vertx vertx = Vertx.vertx();
    MongoClients clients = MongoClients.open(vertx, runningUrl(), config);
    try {
      move(awaitFile(clients), target);
    } catch (MongoException e) {
      throw new IOException(
          "The service that uses " + folder + " ended, or does not answer; run the command again.",
          e);
    } finally {
      clients.close(vertx).await();
      vertx.close().await();
    }
  }

  private String runningUrl() throws IOException {
    Path file = folder.resolve(EmbeddedMongo.URL_FILE);
    String url = Files.exists(file) ? Files.readString(file).strip() : "";
    if (url.isEmpty()) {
      throw new IOException(
          "Another process uses "
              + folder
              + " and cannot write a backup, because "
              + file
              + " is missing or empty. Stop that process and run the command again.");
    }
    return url;
  }

  /** The complete backup in the data folder, written by the running service. */
  private static Path awaitFile(MongoClients clients) throws IOException {
    Path written = Path.of(start(clients));
    Path failed = Path.of(written + BackupCommand.FAILED);
    for (int polls = 1; !Files.exists(written); polls++) {
      if (Files.exists(failed)) {
        String reason = Files.readString(failed);
        Files.delete(failed);
        throw new IOException(reason);
      }
      if (polls % POLLS_PER_PING == 0) {
        var unused = clients.ping().await();
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return written;
  }

  private static String start(MongoClients clients) {
    BsonDocument command = new BsonDocument(BackupCommand.COMMAND, new BsonInt32(1));
    Future<BsonDocument> reply =
        Streams.one(clients.database().runCommand(command, BsonDocument.class));
    return reply.await().getString(BackupCommand.FILE).getValue();
  }

  /** Through a temporary file, because a move between file systems is not atomic. */
  private static void move(Path written, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.move(written, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(written);
      Files.deleteIfExists(part);
      throw e;
    }
  }

  /**
   * Restores a backup to a folder without a database. Blocks.
   *
   * @throws IOException with a sentence for the operator
   */
  public void restore(Path backup) throws IOException {
    if (!Files.isRegularFile(backup)) {
      throw new IOException("There is no backup " + backup + ".");
    }
    var unused = NewDataFile.restore(backup, folder);
  }
}
