package org.benchmarkresults.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Temporary folders for databases, in memory where the system has space for them: no test needs its
 * data to survive the machine, and creating collections and indexes mostly waits for the disk.
 */
final class DatabaseFolder {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ENOUGH = 2L << 30;

  private DatabaseFolder() {}

  static Path create(String prefix) {
    try {
      return isInMemory()
          ? Files.createTempDirectory(MEMORY, prefix)
          : Files.createTempDirectory(prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isInMemory() throws IOException {
    return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ENOUGH;
  }
}
