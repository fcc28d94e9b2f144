package org.benchmarkresults.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder of its own for the embedded database; closed after the service on it. */
final class EmbeddedDatabase implements Database {
  private final Path folder = DatabaseFolder.create("benchmark-results-embedded");

  @Override
  public Map<String, String> environment() {
    return Map.of("MONGO_EMBEDDED_FOLDER", folder.toString());
  }

  @Override
  public void close() {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
