package org.benchmarkresults.storage.embedded.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.benchmarkresults.storage.embedded.file.StateFile.State;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;

/**
 * Compares a data file with its state file, to recognize a missing, truncated, older or foreign
 * one.
 *
 * @param states of the state file; empty when there is none
 */
record StateCheck(Path file, Path stateFile, List<State> states) {
  /** Fails with a sentence when there was a data file before. */
  void requireNew() throws IOException {
    if (!states.isEmpty()) {
      throw new IOException(
          "The embedded database "
              + file
              + " is missing or empty, but "
              + lastState()
              + " had been written to it. "
              + DataFolder.RESTORE
              + ", or remove "
              + stateFile
              + " to start with an empty database.");
    }
  }

  /** Fails with a sentence when the store does not have one of the states. */
  void run(MVStore store) throws IOException {
    long version = DataFile.version(store);
    if (states.isEmpty()) {
      // The header may reach the disk before the chunks that it names, so it counts only here.
      long headerVersion = DataUtils.readHexLong(store.getStoreHeader(), "version", 0);
      if (version < headerVersion) {
        throw new IOException(
            damaged("it ends with version " + version + ", but its header has " + headerVersion));
      }
      return;
    }
    String id = DataFile.storedId(store);
    if (id == null) {
      throw new IOException(damaged("it has no data of this service"));
    }
    State expected =
        states.stream()
            .filter(state -> state.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new IOException(foreign()));
    long length = Files.size(file);
    if (expected.closed() && length != expected.length()) {
      throw new IOException(damaged("it has " + length + " bytes"));
    }
    if (version < expected.version()) {
      throw new IOException(
          damaged("it ends with version " + version + " and has " + length + " bytes"));
    }
  }

  private String foreign() {
    return "The embedded database "
        + file
        + " is not the file that was last used in this folder. "
        + DataFolder.RESTORE
        + ", or remove "
        + stateFile
        + " to use the file as it is.";
  }

  /** The message for a damaged file. */
  String damaged(String reason) {
    String expected = states.isEmpty() ? "" : " Expected is " + lastState() + " or more.";
    return "The embedded database "
        + file
        + " is damaged: "
        + reason
        + "."
        + expected
        + " "
        + DataFolder.RESTORE
        + ".";
  }

  private String lastState() {
    State last = states.get(states.size() - 1);
    return "version " + last.version() + " with " + last.length() + " bytes";
  }
}
