package org.benchmarkresults.storage.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** The data file in its folder: how it is opened, and what is wrong when it cannot be used. */
final class DataFile {
  private static final String NAME = "benchmark-results.mv";

  /** Room that is left for what is not results. */
  private static final long LEAST_FREE_BYTES = 4L << 20;

  private static final int CACHE_MIB = 16;
  private static final int RETENTION_MILLIS = 0;

  private final Path folder;
  private final Path file;
  private @Nullable Object identity;

  DataFile(Path folder) {
    this.folder = folder.toAbsolutePath();
    file = this.folder.resolve(NAME);
  }

  MVStore open() throws IOException {
    prepareFolder();
    MVStore store = reopen();
    try {
      Upgrade.run(store);
      return store;
    } catch (MVStoreException e) {
      store.closeImmediately();
      throw new IOException(reason(e), e);
    }
  }

  private void prepareFolder() throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "The folder of the embedded database, " + folder + ", is a file; set"
              + " MONGO_EMBEDDED_FOLDER to a folder.",
          e);
    } catch (IOException e) {
      throw new IOException(
          "The folder of the embedded database, " + folder + ", cannot be made (" + e
              + "); make it, or set MONGO_EMBEDDED_FOLDER to one that can be.",
          e);
    }
    for (Path path : new Path[] {folder, file}) {
      if (Files.exists(path) && !(Files.isWritable(path) && Files.isReadable(path))) {
        throw new IOException(notOurs(path));
      }
    }
  }

  private String notOurs(Path path) throws IOException {
    if (Files.getFileStore(folder).isReadOnly()) {
      return "The embedded database cannot be written: " + folder + " is mounted read-only. Mount it"
          + " for writing, or set MONGO_EMBEDDED_FOLDER to another folder.";
    }
    return "The embedded database cannot be written: " + path + " belongs to "
        + Files.getOwner(path).getName() + ", and this service runs as "
        + System.getProperty("user.name") + ". Give it to that user (chown), or set"
        + " MONGO_EMBEDDED_FOLDER to another folder.";
  }

  /**
   * Opens the file as it is.
   *
   * @throws IOException with a sentence
   */
  MVStore reopen() throws IOException {
    try {
      MVStore store =
          new MVStore.Builder()
              .fileName(file.toString())
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .cacheSize(CACHE_MIB)
              .open();
      store.setRetentionTime(RETENTION_MILLIS);
      identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return store;
    } catch (MVStoreException e) {
      throw new IOException(reason(e), e);
    }
  }

  /** Why the file is not the one that was opened any more; null when it is. */
  @Nullable String gone() {
    try {
      Object now = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return Objects.equals(now, identity)
          ? null
          : "The file of the embedded database was replaced while the service ran; restart the service"
              + " to use the new one.";
    } catch (IOException e) {
      return "The file of the embedded database was removed while the service ran; put the same file"
          + " back, or restore a backup and restart the service.";
    }
  }

  /** Why there is no room for more; null when there is. */
  @Nullable String tooFull() {
    long free = folder.toFile().getUsableSpace();
    return free >= LEAST_FREE_BYTES
        ? null
        : "The disk of the embedded database is full: " + (free >> 10) + " KiB are free, at least "
            + (LEAST_FREE_BYTES >> 10) + " KiB must be.";
  }

  /** What a failure means, in one sentence. */
  String reason(MVStoreException failure) {
    return switch (failure.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED ->
          "The embedded database " + file + " is in use by another process; stop that one, or set"
              + " MONGO_EMBEDDED_FOLDER for this one.";
      default -> "The embedded database " + file + " failed: " + failure.getMessage();
    };
  }

  @Override
  public String toString() {
    return file.toString();
  }

  /** Notes what is on the disk now. */
  void written(MVStore store) {}

  /** Writes a little; fails when that cannot be. */
  void probe(MVStore store) {
    store.openMap("service").put("probe", System.currentTimeMillis());
    store.commit();
    store.sync();
  }
}
