package org.benchmarkresults.storage.embedded.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state file: the version and length of the data file after each sync, from which a truncated
 * or older data file is recognized. It is written after the data, so that it never claims more than
 * is on disk.
 */
final class StateFile {
  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
  static final String NAME = "benchmark-results.state";
  private static final String CLOSED = "closed";
  private static final int LENGTH = 512;

  /**
   * A state of a data file.
   *
   * @param id of the file, created with it
   * @param version of the store, which grows with each commit
   * @param length of the file in bytes; exact when closed, else a minimum
   * @param closed whether the file was closed
   */
  record State(String id, long version, long length, boolean closed) {
    State opened() {
      return new State(id, version, length, false);
    }
  }

  private final Path path;

  StateFile(Path folder) {
    path = folder.resolve(NAME);
  }

  Path path() {
    return path;
  }

  /** The states that the data file may have; empty without a valid state file. */
  List<State> read() throws IOException {
    String text;
    try {
      text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).strip();
    } catch (NoSuchFileException e) {
      return List.of();
    }
    int end = text.lastIndexOf('\n');
    if (end < 0 || !text.substring(end + 1).equals(checksum(text.substring(0, end + 1)))) {
      LOG.atWarn()
          .addKeyValue("file", path)
          .log(
              "state file of the embedded database is damaged; the data file cannot be checked for"
                  + " completeness");
      return List.of();
    }
    List<State> states = new ArrayList<>();
    for (String line : text.substring(0, end).split("\n", -1)) {
      String[] words = line.split(" ", -1);
      states.add(
          new State(
              words[0],
              Long.parseLong(words[1]),
              Long.parseLong(words[2]),
              words[3].equals(CLOSED)));
    }
    return states;
  }

  /** Overwrites the file with a single write, so that a killed process leaves no partial one. */
  void write(List<State> states) throws IOException {
    StringBuilder text = new StringBuilder();
    for (State state : states) {
      text.append(state.id).append(' ').append(state.version).append(' ').append(state.length);
      text.append(' ').append(state.closed ? CLOSED : "open").append('\n');
    }
    text.append(checksum(text.toString()));
    byte[] line =
        text.append(" ".repeat(LENGTH - text.length() - 1))
            .append('\n')
            .toString()
            .getBytes(StandardCharsets.ISO_8859_1);
    boolean isNew = !Files.exists(path);
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(line));
      if (isNew) {
        channel.force(true);
      }
    }
  }

  private static String checksum(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return Long.toHexString(sum.getValue());
  }
}
