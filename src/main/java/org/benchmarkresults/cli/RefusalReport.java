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
 * Where every record that was not brought in is listed, one JSON object a line: {@code collection},
 * {@code _id}, {@code pk}, {@code reason}. Without a file the first of them are printed.
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
   * Opens the file, to be written behind what earlier runs listed unless all is done again.
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

  /** What was listed is in the file. */
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
