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

/** The data file in its folder: how it is opened, and why it cannot be used when that is so. */
public final class DataFile {
  private static final Logger LOG = LoggerFactory.getLogger(DataFile.class);
  static final String NAME = "benchmark-results.mv";

  /** A store's map of what is not results, and the name that the file has in it. */
  static final String SERVICE = "service";

  static final String ID = "id";

  /** So much stays free, so that a commit that was let in is not the one that fails. */
  private static final long LEAST_FREE_BYTES = 4L << 20;

  private static final int CACHE_MIB = 16;

  private final Path folder;
  private final Path path;
  private final StateFile noted;
  private @Nullable Object identity;
  private boolean noteFailed;

  public DataFile(Path folder) {
    this.folder = folder.toAbsolutePath();
    path = this.folder.resolve(NAME);
    noted = new StateFile(this.folder);
  }

  /**
   * Opens the file once it is found to be whole; makes it when there is none.
   *
   * @throws IOException with a sentence that says why it cannot be used, and what to do
   */
  public MVStore open() throws IOException {
    DataFolder.prepare(folder, path);
    check();
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
    written(store);
    return store;
  }

  private void check() throws IOException {
    List<State> states = noted.read();
    boolean isThere = Files.exists(path) && Files.size(path) > 0;
    if (!isThere) {
      if (!states.isEmpty()) {
        throw new IOException(
            "The embedded database "
                + path
                + " is missing or empty, and "
                + held(states)
                + " had been written to it. "
                + WhatToDo.RESTORE
                + ", or remove "
                + noted.path()
                + " to begin with an empty database.");
      }
      make();
      return;
    }
    try (MVStore store = builder().readOnly().open()) {
      check(store, states);
      if (!states.isEmpty()) {
        noted.write(states.stream().map(State::inUse).toList());
      }
    } catch (MVStoreException e) {
      throw failure(e, damaged("" + e.getMessage(), states));
    } catch (OutOfMemoryError | RuntimeException e) {
      // What is no store may tell of pages of any length.
      throw new IOException(damaged("" + e.getMessage(), states), e);
    }
  }

  /** Makes the file, which is there whole or not at all: a part of one would be a damaged one. */
  private void make() throws IOException {
    String full = tooFull();
    if (full != null) {
      throw new IOException(full + " Make room, or " + DataFolder.ANOTHER);
    }
    Path made = folder.resolve(NAME + ".made");
    try (MVStore store =
        new MVStore.Builder().fileName(made.toString()).autoCommitDisabled().open()) {
      var unused = id(store);
      store.commit();
      store.sync();
    } catch (MVStoreException e) {
      Files.deleteIfExists(made);
      throw new IOException(reason(e), e);
    }
    Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void check(MVStore store, List<State> states) throws IOException {
    long version = version(store);
    long headed = DataUtils.readHexLong(store.getStoreHeader(), "version", 0);
    String id = store.hasMap(SERVICE) ? service(store).get(ID) : null;
    State expected =
        states.stream().filter(state -> state.id().equals(id)).findFirst().orElse(null);
    if (!states.isEmpty() && id == null) {
      throw new IOException(damaged("it holds nothing that this service wrote", states));
    }
    if (!states.isEmpty() && expected == null) {
      throw new IOException(
          "The embedded database "
              + path
              + " is not the file that was last used in this folder. "
              + WhatToDo.RESTORE
              + ", or remove "
              + noted.path()
              + " to use the file as it is.");
    }
    if (expected != null && expected.closed() && Files.size(path) != expected.length()) {
      throw new IOException(damaged("it has " + Files.size(path) + " bytes", states));
    }
    if (expected != null && version < expected.version()) {
      throw new IOException(
          damaged(
              "it ends with version " + version + " and has " + Files.size(path) + " bytes",
              states));
    }
    // The head may reach the disk before what it tells of, so it counts where nothing else is
    // noted.
    if (states.isEmpty() && version < headed) {
      throw new IOException(
          damaged("it ends with version " + version + ", its head tells of " + headed, states));
    }
    FileCheck.run(store);
  }

  private static String held(List<State> states) {
    State last = states.get(states.size() - 1);
    return "version " + last.version() + " with " + last.length() + " bytes";
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

  private String damaged(String what, List<State> states) {
    String expected = states.isEmpty() ? "" : " Expected is " + held(states) + " or more.";
    return "The embedded database "
        + path
        + " is damaged: "
        + what
        + "."
        + expected
        + " "
        + WhatToDo.RESTORE
        + ".";
  }

  private MVStore.Builder builder() {
    return new MVStore.Builder()
        .fileName(path.toString())
        .autoCommitDisabled()
        .autoCommitBufferSize(0)
        .cacheSize(CACHE_MIB);
  }

  /**
   * Opens the file as it is.
   *
   * @throws IOException with a sentence
   */
  public MVStore reopen() throws IOException {
    try {
      MVStore store = builder().open();
      // Each commit is forced before the next: what the last one does not need may be overwritten.
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

  /** Closes the store, after which its file is smaller if it had grown by much. */
  public void close(MVStore store) {
    State last = state(store);
    boolean compacted = compact(store, last);
    store.close();
    if (!compacted) {
      noteClosed(last);
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
      // Until the files change places either may be found.
      noted.write(List.of(last, next));
      Files.move(copy, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      noted.write(List.of(next));
      return true;
    } catch (IOException | MVStoreException e) {
      LOG.atWarn().addKeyValue("file", path).setCause(e).log("the file could not be compacted");
      return false;
    }
  }

  private void noteClosed(State last) {
    try {
      if (gone() == null) {
        noted.write(List.of(new State(last.id(), last.version(), Files.size(path), true)));
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", noted.path())
          .setCause(e)
          .log("what the embedded database holds could not be noted");
    }
  }

  /** Makes the file from a backup, in a folder where there is none. */
  public long restore(Path backup) throws IOException {
    DataFolder.prepare(folder, path);
    if (Files.exists(path) || Files.exists(noted.path())) {
      throw new IOException(
          "There is an embedded database in "
              + folder
              + " already; move it away, or set"
              + " MONGO_EMBEDDED_FOLDER to an empty folder.");
    }
    Path part = folder.resolve(NAME + ".restoring");
    Files.deleteIfExists(part);
    long entries;
    try (MVStore store =
        new MVStore.Builder().fileName(part.toString()).autoCommitDisabled().open()) {
      entries = Backup.read(backup, store);
      store.commit();
      store.sync();
    } catch (MVStoreException e) {
      Files.deleteIfExists(part);
      throw new IOException(reason(e), e);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(part, path);
    return entries;
  }

  private static MVMap<String, String> service(MVStore store) {
    return store.openMap(SERVICE);
  }

  private static String id(MVStore store) {
    return service(store).computeIfAbsent(ID, none -> UUID.randomUUID().toString());
  }

  static long version(MVStore store) {
    return store.getFileStore().lastChunkVersion();
  }

  /** Why the file is not the one that was opened any more; null when it is. */
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

  /** Why there is no room for more; null when there is. */
  public @Nullable String tooFull() {
    long free = folder.toFile().getUsableSpace();
    return free >= LEAST_FREE_BYTES || !Files.exists(folder)
        ? null
        : "The disk of the embedded database is full: "
            + (free >> 10)
            + " KiB are free, at least "
            + (LEAST_FREE_BYTES >> 10)
            + " KiB must be.";
  }

  /** What a failure means, in one sentence. */
  public String reason(MVStoreException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "The file of the embedded database cannot be written or read: "
        + (root instanceof IOException ? root.getMessage() : failure.getMessage())
        + ".";
  }

  /** Notes what is on the disk now. */
  public void written(MVStore store) {
    try {
      noted.write(List.of(state(store)));
      noteFailed = false;
    } catch (IOException e) {
      if (!noteFailed) {
        noteFailed = true;
        LOG.atWarn()
            .addKeyValue("file", noted.path())
            .setCause(e)
            .log("what the embedded database holds could not be noted");
      }
    }
  }

  private static State state(MVStore store) {
    return new State(id(store), version(store), store.getFileStore().size(), false);
  }

  /** Writes a little; fails when that cannot be. */
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
