package org.benchmarkresults.storage.embedded.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of the embedded database, before anything in it is opened. */
public final class DataFolder {
  /** Of backups that a running service writes and a command takes away. */
  public static final String BACKUP_PREFIX = "benchmark-results.backup-";

  static final String ANOTHER = "set MONGO_EMBEDDED_FOLDER to another folder.";

  private DataFolder() {}

  /**
   * Makes the folder when it is missing.
   *
   * @throws IOException with a sentence, when it or the file in it cannot be read and written
   */
  static void prepare(Path folder, Path file) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "The embedded database needs a folder, and " + folder + " is a file; " + ANOTHER, e);
    } catch (IOException e) {
      throw new IOException(
          "The folder of the embedded database, "
              + folder
              + ", cannot be made ("
              + e
              + "); make it for user "
              + user()
              + ", or "
              + ANOTHER,
          e);
    }
    try {
      Files.delete(Files.createTempFile(folder, "benchmark-results", ".try"));
    } catch (AccessDeniedException e) {
      throw new IOException(notOurs(folder), e);
    } catch (IOException e) {
      throw new IOException(
          "The folder of the embedded database, "
              + folder
              + ", cannot be written ("
              + reason(e)
              + "); make that possible (a read-only mount must be one for writing), or "
              + ANOTHER,
          e);
    }
    for (Path path : List.of(file, folder.resolve(StateFile.NAME))) {
      if (Files.exists(path) && !(Files.isWritable(path) && Files.isReadable(path))) {
        throw new IOException(notOurs(path));
      }
    }
    removeLeftovers(folder);
    if (Files.isDirectory(file)) {
      throw new IOException(
          "The embedded database needs a file, and " + file + " is a folder; " + ANOTHER);
    }
  }

  private static String reason(IOException failure) {
    return failure instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : failure.toString();
  }

  private static String notOurs(Path path) throws IOException {
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

  /** Of a process that ended while it wrote them. */
  private static void removeLeftovers(Path folder) throws IOException {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(
            folder, "benchmark-results.{backup-*,mv.compacted,mv.made,mv.restoring}")) {
      for (Path path : left) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** A user without a name, as in a container, is known by its number. */
  private static String user() {
    try {
      return Files.getOwner(Path.of("/proc/self")).getName();
    } catch (IOException e) {
      return System.getProperty("user.name", "?");
    }
  }
}
