package org.benchmarkresults.storage.embedded.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.benchmarkresults.storage.embedded.file.StateFile.State;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data file in its folder, from opening to closing, with the reasons for failures. */
public final class DataFile {
  private static final Logger LOG = LoggerFactory.getLogger(DataFile.class);
  static final String NAME = "benchmark-results.mv";

  /** The map of the service's own entries. */
  static final String SERVICE = "service";

  /** The entry with the id of the file. */
  static final String ID = "id";

  private static final int CACHE_MIB = 16;

  private final Path folder;
  private final Path path;
  private final StateFile stateFile;
  private @Nullable Object identity;
  private boolean stateFailed;

  public DataFile(Path folder) {
    this.folder = folder.toAbsolutePath();
    path = this.folder.resolve(NAME);
    stateFile = new StateFile(this.folder);
  }

  /**
   * Verifies and opens the file; creates a missing one.
   *
   * @throws IOException with a sentence that says why it cannot be used and what to do
   */
  public MVStore open() throws IOException {
    DataFolder.prepare(folder, path);
    verify();
    MVStore store = reopen();
    try {
      Upgrade.run(store);
      var unused = id(store);
      store.commit();
      store.sync();
    } catch (MVStoreException e) {
      store.closeImmediately();
      throw new IOException(reason(e), e);
    }
    writeState(store);
    return store;
  }

  private void verify() throws IOException {
    List<State> states = stateFile.read();
    StateCheck check = new StateCheck(path, stateFile.path(), states);
    if (!Files.exists(path) || Files.size(path) == 0) {
      check.requireNew();
      NewDataFile.create(folder);
      return;
    }
    try (MVStore store = builder().readOnly().open()) {
      check.run(store);
      FileCheck.run(store);
      if (!states.isEmpty()) {
        stateFile.write(states.stream().map(State::opened).toList());
      }
    } catch (MVStoreException e) {
      throw failure(e, check.damaged("" + e.getMessage()));
    } catch (OutOfMemoryError | RuntimeException e) {
      // A file that is not a store may claim pages of any length.
      throw new IOException(check.damaged("" + e.getMessage()), e);
    }
  }

  private IOException failure(MVStoreException failure, String otherwise) {
    return failure.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
        ? new InUseException(
            "The embedded database "
                + path
                + " is in use by another process; stop that one, or set"
                + " MONGO_EMBEDDED_FOLDER for this one.",
            failure)
        : new IOException(otherwise, failure);
  }

  private MVStore.Builder builder() {
    return new MVStore.Builder()
        .fileName(path.toString())
        .autoCommitDisabled()
        .autoCommitBufferSize(0)
        .cacheSize(CACHE_MIB);
  }

  /**
   * Opens the file without verification.
   *
   * @throws IOException with a sentence
   */
  public MVStore reopen() throws IOException {
    try {
      MVStore store = builder().open();
      // Each commit is synced before the next, so unused chunks may be overwritten at once.
      store.setRetentionTime(0);
      identity = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return store;
    } catch (MVStoreException e) {
      throw failure(e, reason(e));
    }
  }

  public Path folder() {
    return folder;
  }

  /** Closes the store and compacts its file if that is worth it. */
  public void close(MVStore store) {
    State last = state(store);
    boolean compacted = compact(store, last);
    store.close();
    if (!compacted) {
      writeClosed(last);
    }
  }

  private boolean compact(MVStore store, State last) {
    Path copy = folder.resolve(NAME + ".compacted");
    try {
      if (gone() != null || !Compaction.isWorthIt(store, folder)) {
        return false;
      }
      String id = UUID.randomUUID().toString();
      long version = Compaction.copy(store, copy, id);
      if (version < 0) {
        return false;
      }
      State next = new State(id, version, Files.size(copy), true);
      // A crash during the move may leave either file.
      stateFile.write(List.of(last, next));
      Files.move(copy, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      stateFile.write(List.of(next));
      return true;
    } catch (IOException | MVStoreException e) {
      LOG.atWarn().addKeyValue("file", path).setCause(e).log("data file could not be compacted");
      return false;
    }
  }

  private void writeClosed(State last) {
    try {
      if (gone() == null) {
        stateFile.write(List.of(new State(last.id(), last.version(), Files.size(path), true)));
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", stateFile.path())
          .setCause(e)
          .log("state file could not be written");
    }
  }

  private static MVMap<String, String> service(MVStore store) {
    return store.openMap(SERVICE);
  }

  static String id(MVStore store) {
    return service(store).computeIfAbsent(ID, none -> UUID.randomUUID().toString());
  }

  /** The id of the file without creating one; null when the service did not write it. */
  static @Nullable String storedId(MVStore store) {
    return store.hasMap(SERVICE) ? service(store).get(ID) : null;
  }

  static long version(MVStore store) {
    return store.getFileStore().lastChunkVersion();
  }

  /** Why the file cannot be written at present; null when it can. */
  public @Nullable String obstacle() {
    String gone = gone();
    return gone == null ? DataFolder.tooFull(folder) : gone;
  }

  /** Why the file is no longer the one that was opened; null when it is. */
  public @Nullable String gone() {
    try {
      Object now = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return Objects.equals(now, identity)
          ? null
          : "The file of the embedded database was replaced while the service ran; restart the"
              + " service to use the new one.";
    } catch (IOException e) {
      return "The file of the embedded database was removed while the service ran; put the same file"
          + " back, or restore a backup and restart the service.";
    }
  }

  /** A failure as one sentence for the operator. */
  public static String reason(MVStoreException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "The file of the embedded database cannot be written or read: "
        + (root instanceof IOException ? root.getMessage() : failure.getMessage())
        + ".";
  }

  /** Writes the state file after a sync. */
  public void writeState(MVStore store) {
    try {
      stateFile.write(List.of(state(store)));
      stateFailed = false;
    } catch (IOException e) {
      if (!stateFailed) {
        stateFailed = true;
        LOG.atWarn()
            .addKeyValue("file", stateFile.path())
            .setCause(e)
            .log("state file could not be written");
      }
    }
  }

  private static State state(MVStore store) {
    return new State(id(store), version(store), store.getFileStore().size(), false);
  }

  /** Tests a write; fails with {@link MVStoreException}. */
  public void probe(MVStore store) {
    service(store).put("probe", Long.toString(System.currentTimeMillis()));
    store.commit();
    store.sync();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
