package org.benchmarkresults.storage.embedded;

import de.bwaldvogel.mongo.MongoBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.benchmarkresults.storage.embedded.file.Backup;
import org.benchmarkresults.storage.embedded.file.DataFile;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the embedded database and the backend on it. When a write fails, the file is opened
 * anew: what was forced to the disk before can be read, changes are refused until one succeeds.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);
  private static final int LEAST_FILLED_PERCENT = 50;
  private static final int COMPACTED_BYTES = 4 << 20;
  private static final int MOST_UNSAVED_BYTES = 4 << 20;
  private static final Set<String> CHANGES =
      Set.of(
          "insert",
          "update",
          "delete",
          "findandmodify",
          "create",
          "createindexes",
          "drop",
          "dropindexes",
          "dropdatabase");

  /** The open file; another one after it was opened anew. */
  private record Open(MVStore store, EmbeddedBackend backend) {}

  private final DataFile file;

  /** A change is made whole before it is written: its maps fit each other at every start. */
  private final ReentrantReadWriteLock changing = new ReentrantReadWriteLock();

  private volatile Open open;
  private volatile @Nullable String trouble;

  private EmbeddedStore(DataFile file, MVStore store) {
    this.file = file;
    open = new Open(store, new EmbeddedBackend(store));
  }

  /**
   * Opens the data file in the folder, making both when missing.
   *
   * @throws IOException with a sentence that says why it cannot be used, and what to do
   */
  public static EmbeddedStore open(Path folder) throws IOException {
    DataFile file = new DataFile(folder);
    EmbeddedStore store = new EmbeddedStore(file, file.open());
    var unused = store.look();
    return store;
  }

  /** The server's side of it. */
  public MongoBackend server() {
    return new GuardedBackend(this);
  }

  Path folder() {
    return file.folder();
  }

  MongoBackend backend() {
    return open.backend;
  }

  /** Why nothing can be changed at present, in one sentence; null when all is well. */
  public @Nullable String trouble() {
    return trouble;
  }

  /** Runs a command; what it reads stays in the file until it ends. */
  <T> T run(String command, Function<MongoBackend, T> work) {
    Open now = open;
    boolean changes = CHANGES.contains(command.toLowerCase(Locale.ROOT));
    if (changes) {
      refuseInTrouble();
      changing.readLock().lock();
    }
    try {
      MVStore.TxCounter reading = now.store.registerVersionUsage();
      try {
        return work.apply(now.backend);
      } finally {
        now.store.deregisterVersionUsage(reading);
      }
    } catch (MVStoreException e) {
      throw failed(now, e);
    } finally {
      if (changes) {
        changing.readLock().unlock();
        writeWhenMuch(now);
      }
    }
  }

  private void refuseInTrouble() {
    String reason = trouble == null ? file.tooFull() : trouble;
    if (reason != null) {
      remember(reason);
      throw unavailable(reason);
    }
  }

  private static NotNow unavailable(String reason) {
    return new NotNow(reason);
  }

  private NotNow failed(Open when, MVStoreException failure) {
    String reason = file.reason(failure);
    if (failure.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT && !when.store.isClosed()) {
      LOG.atError()
          .addKeyValue("file", file)
          .setCause(failure)
          .log("a part of the file is damaged");
    } else if (when.store == open.store) {
      LOG.atDebug().setCause(failure).log("the embedded database failed");
      remember(reason);
    }
    return unavailable(reason);
  }

  private synchronized void remember(String reason) {
    if (trouble == null) {
      LOG.atWarn().addKeyValue("file", file).log("nothing can be stored: {}", reason);
    }
    trouble = reason;
  }

  /** What is not waited for must not fill the memory. */
  private void writeWhenMuch(Open now) {
    if (!now.store.isClosed() && now.store.getUnsavedMemory() > MOST_UNSAVED_BYTES) {
      commit(now);
    }
  }

  private void commit(Open now) {
    changing.writeLock().lock();
    try {
      now.store.commit();
    } catch (MVStoreException e) {
      throw failed(now, e);
    } finally {
      changing.writeLock().unlock();
    }
  }

  /**
   * Writes all changes that were made before to the disk. Blocks.
   *
   * @throws IOException when that is not known to have happened
   */
  public void force() throws IOException {
    Open now = open;
    String reason = trouble;
    if (reason != null) {
      throw new IOException(reason);
    }
    try {
      commit(now);
      now.store.sync();
    } catch (NotNow | MVStoreException e) {
      NotNow refused = e instanceof MVStoreException failure ? failed(now, failure) : (NotNow) e;
      throw new IOException(refused.getMessageWithoutErrorCode(), e);
    }
    String gone = file.gone();
    if (gone != null) {
      remember(gone);
      throw new IOException(gone);
    }
    file.written(now.store);
  }

  /**
   * Looks whether results can be stored, and keeps the file from growing; in trouble tries whether
   * it is over. Blocks.
   */
  public void tend() {
    if (trouble != null) {
      recover();
    } else if (look()) {
      compact(open);
    }
  }

  /** Whether the file is there and the disk has room; remembered where not. */
  private boolean look() {
    String reason = file.gone() == null ? file.tooFull() : file.gone();
    if (reason != null) {
      remember(reason);
    }
    return reason == null;
  }

  /** Moves what is left in chunks that are nearly empty, a little at a time. */
  private void compact(Open now) {
    changing.writeLock().lock();
    try {
      if (now.store.isClosed()) {
        return;
      }
      if (now.store.compact(LEAST_FILLED_PERCENT, COMPACTED_BYTES)) {
        now.store.commit();
        now.store.sync();
      }
    } catch (MVStoreException e) {
      NotNow unused = failed(now, e);
    } finally {
      changing.writeLock().unlock();
    }
  }

  /**
   * Writes a backup, of one moment, while the store goes on. Blocks.
   *
   * @return of how many entries
   */
  public long backup(Path target) throws IOException {
    Open now = open;
    MVStore.TxCounter reading = now.store.registerVersionUsage();
    try {
      Map<String, Cursor<?, ?>> snapshot;
      changing.writeLock().lock();
      try {
        snapshot = Backup.snapshot(now.store);
      } finally {
        changing.writeLock().unlock();
      }
      return Backup.write(snapshot, target);
    } finally {
      now.store.deregisterVersionUsage(reading);
    }
  }

  /**
   * Makes the data file of a folder from a backup. Blocks.
   *
   * @return of how many entries
   * @throws IOException with a sentence, when there is one already or the backup is not whole
   */
  public static long restore(Path backup, Path folder) throws IOException {
    return new DataFile(folder).restore(backup);
  }

  private synchronized void recover() {
    String reason = file.gone() == null ? file.tooFull() : file.gone();
    if (reason == null) {
      reason = reopen();
    }
    if (reason == null) {
      trouble = null;
      LOG.info("embedded database: results can be stored again");
    } else {
      trouble = reason;
    }
  }

  /** Why nothing can be written yet; null when something was. */
  private @Nullable String reopen() {
    changing.writeLock().lock();
    try {
      if (open.store.isClosed() || open.store.isReadOnly()) {
        open.store.closeImmediately();
        MVStore store = file.reopen();
        open = new Open(store, new EmbeddedBackend(store));
      }
      file.probe(open.store);
      return null;
    } catch (MVStoreException e) {
      return file.reason(e);
    } catch (IOException e) {
      return Objects.requireNonNullElse(e.getMessage(), "It cannot be opened.");
    } finally {
      changing.writeLock().unlock();
    }
  }

  /** Blocks until all is written. */
  @Override
  public void close() {
    changing.writeLock().lock();
    try {
      if (!open.store.isClosed()) {
        file.close(open.store);
      }
    } finally {
      changing.writeLock().unlock();
    }
  }
}
