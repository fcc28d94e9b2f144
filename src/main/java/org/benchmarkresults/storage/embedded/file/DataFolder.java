package org.benchmarkresults.storage.embedded.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prepares the folder of the embedded database. */
public final class DataFolder {
  /** The prefix of backups that a running service writes and the backup command moves away. */
  public static final String BACKUP_PREFIX = "benchmark-results.backup-";

  static final String ANOTHER = "set MONGO_EMBEDDED_FOLDER to another folder.";

  static final String RESTORE =
      "Move the folder away and restore a backup (java -jar benchmark-results.jar restore --from FILE)";

  /** Writes are rejected with less free space, before a commit can fail. */
  private static final long MIN_FREE_BYTES = 4L << 20;

  private DataFolder() {}

  /** Why the disk is too full for writes; null when it is not. */
  public static @Nullable String tooFull(Path folder) {
    long free = folder.toFile().getUsableSpace();
    return free >= MIN_FREE_BYTES || !Files.exists(folder)
        ? null
        : "The disk of the embedded database is full: "
            + (free >> 10)
            + " KiB are free, but at least "
            + (MIN_FREE_BYTES >> 10)
            + " KiB are required.";
  }

  /**
   * Creates a missing folder and checks its permissions.
   *
   * @throws IOException with a sentence when the folder or the file in it cannot be read or written
   */
  static void prepare(Path folder, Path file) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "The folder of the embedded database, " + folder + ", is a file; " + ANOTHER, e);
    } catch (IOException e) {
      throw new IOException(
          "The folder of the embedded database, "
              + folder
              + ", cannot be created ("
              + e
              + "); create it for user "
              + user()
              + ", or "
              + ANOTHER,
          e);
    }
    try {
      Files.delete(Files.createTempFile(folder, "benchmark-results", ".try"));
    } catch (AccessDeniedException e) {
      throw new IOException(notPermitted(folder), e);
    } catch (IOException e) {
      throw new IOException(
          "The folder of the embedded database, "
              + folder
              + ", cannot be written ("
              + reason(e)
              + "); allow writing (remount a read-only mount), or "
              + ANOTHER,
          e);
    }
    for (Path path : List.of(file, folder.resolve(StateFile.NAME))) {
      if (Files.exists(path) && !(Files.isWritable(path) && Files.isReadable(path))) {
        throw new IOException(notPermitted(path));
      }
    }
    removeTemporaryFiles(folder);
    if (Files.isDirectory(file)) {
      throw new IOException(
          "The file of the embedded database, " + file + ", is a folder; " + ANOTHER);
    }
  }

  private static String reason(IOException failure) {
    return failure instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : failure.toString();
  }

  private static String notPermitted(Path path) throws IOException {
    String owner = Files.getOwner(path).getName();
    String user = user();
    return "The embedded database cannot be written: "
        + path
        + (owner.equals(user)
            ? " does not let its owner, " + user + ", read and write. Allow it (chmod u+rwX)"
            : " belongs to "
                + owner
                + ", and this service runs as user "
                + user
                + ". Give it to that user (chown)")
        + ", or "
        + ANOTHER;
  }

  /** Removes temporary files of a process that was killed. */
  private static void removeTemporaryFiles(Path folder) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, "benchmark-results.{backup-*,mv.compacted,mv.made,mv.restoring}")) {
      for (Path path : files) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** The name of the user, or its id where it has no name, as in a container. */
  private static String user() {
    try {
      return Files.getOwner(Path.of("/proc/self")).getName();
    } catch (IOException e) {
      return System.getProperty("user.name", "?");
    }
  }
}
