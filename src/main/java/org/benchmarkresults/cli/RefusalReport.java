package org.benchmarkresults.cli;

import io.vertx.core.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.benchmarkresults.model.imports.Imported.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The list of records that were not imported, one JSON object per line: {@code collection}, {@code
 * _id}, {@code pk}, {@code reason}. Without a file the first ones are printed.
 */
final class RefusalReport implements AutoCloseable {
  private static final int MOST_PRINTED = 20;

  private final @Nullable BufferedWriter file;
  private final PrintStream terminal;
  private int listed;

  private RefusalReport(@Nullable BufferedWriter file, PrintStream terminal) {
    this.file = file;
    this.terminal = terminal;
  }

  /**
   * Opens the file and appends to it; an import from the beginning overwrites it.
   *
   * @throws IOException when it cannot be written
   */
  static RefusalReport open(@Nullable Path path, boolean again, PrintStream terminal)
      throws IOException {
    BufferedWriter file =
        path == null
            ? null
            : Files.newBufferedWriter(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                again ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND);
    return new RefusalReport(file, terminal);
  }

  void add(String collection, Origin origin, String reason) throws IOException {
    String line =
        "{\"collection\":"
            + Json.encode(collection)
            + ",\"_id\":"
            + origin.id()
            + ",\"pk\":"
            + origin.pk()
            + ",\"reason\":"
            + Json.encode(reason)
            + "}";
    listed++;
    if (file != null) {
      file.write(line);
      file.newLine();
    } else if (listed <= MOST_PRINTED) {
      terminal.println(line);
    }
  }

  /** Writes buffered lines to the file. */
  void flush() throws IOException {
    if (file != null) {
      file.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    } else if (listed > MOST_PRINTED) {
      terminal.println(
          "and " + (listed - MOST_PRINTED) + " more; --again --report FILE lists all of them");
    }
  }
}
