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
import org.benchmarkresults.storage.embedded.BackupRequest;
import org.benchmarkresults.storage.embedded.EmbeddedStore;
import org.benchmarkresults.storage.embedded.file.InUseException;
import org.benchmarkresults.storage.mongo.EmbeddedMongo;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** Backups of the embedded database, whether a service runs on it or not. */
public final class EmbeddedBackup {
  private static final long LOOK_NANOS = 100_000_000;
  private static final int LOOKS_PER_PING = 20;

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
    MongoClients clients = MongoClients.open(vertx, runningUrl(), config);
    try {
      move(written(clients), target);
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
    Path file = folder.resolve(EmbeddedMongo.PORT_FILE);
    String url = Files.exists(file) ? Files.readString(file).strip() : "";
    if (url.isEmpty()) {
      throw new IOException(
          "Another process uses "
              + folder
              + " and cannot be asked for a backup, because "
              + file
              + " is missing or empty. Stop it, or let it end, and run the command again.");
    }
    return url;
  }

  /** The file in the data folder, once it is whole. */
  private static Path written(MongoClients clients) throws IOException {
    Path written = Path.of(ask(clients));
    Path failed = Path.of(written + BackupRequest.FAILED);
    for (int looks = 1; !Files.exists(written); looks++) {
      if (Files.exists(failed)) {
        String reason = Files.readString(failed);
        Files.delete(failed);
        throw new IOException(reason);
      }
      if (looks % LOOKS_PER_PING == 0) {
        var unused = clients.ping().await();
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return written;
  }

  private static String ask(MongoClients clients) {
    BsonDocument command = new BsonDocument(BackupRequest.COMMAND, new BsonInt32(1));
    Future<BsonDocument> answer =
        Streams.one(clients.database().runCommand(command, BsonDocument.class));
    return answer.await().getString(BackupRequest.FILE).getValue();
  }

  /** The target is there whole or not at all, also on another file system. */
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
