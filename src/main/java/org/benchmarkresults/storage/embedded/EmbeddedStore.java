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
import org.benchmarkresults.storage.embedded.file.DataFolder;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data file of the embedded database and its backend. After a failed write the file is reopened
 * at its last synced state; writes are then rejected until one succeeds.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);
  private static final int MIN_FILL_PERCENT = 50;
  private static final int COMPACTION_BYTES = 4 << 20;
  private static final int MAX_UNSAVED_BYTES = 4 << 20;
  private static final Set<String> WRITE_COMMANDS =
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

  private record Open(MVStore store, EmbeddedBackend backend) {}

  private final DataFile file;

  /**
   * Write commands hold the read lock and commits the write lock, so that a commit never has a part
   * of a command.
   */
  private final ReentrantReadWriteLock commitLock = new ReentrantReadWriteLock();

  private volatile Open open;
  private volatile @Nullable String trouble;

  private EmbeddedStore(DataFile file, MVStore store) {
    this.file = file;
    open = new Open(store, new EmbeddedBackend(store));
  }

  /**
   * Opens the data file in the folder; creates missing ones.
   *
   * @throws IOException with a sentence that says why it cannot be used and what to do
   */
  public static EmbeddedStore open(Path folder) throws IOException {
    DataFile file = new DataFile(folder);
    EmbeddedStore store = new EmbeddedStore(file, file.open());
    var unused = store.checkFile();
    return store;
  }

  public MongoBackend server() {
    return new GuardedBackend(this);
  }

  Path folder() {
    return file.folder();
  }

  MongoBackend backend() {
    return open.backend;
  }

  /** Why writes are rejected at present, in one sentence; null when they are not. */
  public @Nullable String trouble() {
    return trouble;
  }

  /** Runs a command on a snapshot that compaction does not overwrite before it ends. */
  <T> T run(String command, Function<MongoBackend, T> work) {
    Open now = open;
    boolean isWrite = WRITE_COMMANDS.contains(command.toLowerCase(Locale.ROOT));
    if (isWrite) {
      rejectInTrouble();
      commitLock.readLock().lock();
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
      if (isWrite) {
        commitLock.readLock().unlock();
        commitIfLarge(now);
      }
    }
  }

  private void rejectInTrouble() {
    String reason = trouble == null ? DataFolder.tooFull(file.folder()) : trouble;
    if (reason != null) {
      setTrouble(reason);
      throw new TemporaryError(reason);
    }
  }

  private TemporaryError failed(Open when, MVStoreException failure) {
    String reason = DataFile.reason(failure);
    if (failure.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT && !when.store.isClosed()) {
      LOG.atError().addKeyValue("file", file).setCause(failure).log("data file damaged");
    } else if (when.store == open.store) {
      LOG.atDebug().setCause(failure).log("embedded database failed");
      setTrouble(reason);
    }
    return new TemporaryError(reason);
  }

  private synchronized void setTrouble(String reason) {
    if (trouble == null) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("reason", reason)
          .log("embedded database rejects writes");
    }
    trouble = reason;
  }

  /** Bounds the memory of writes that no caller syncs. */
  private void commitIfLarge(Open now) {
    if (!now.store.isClosed() && now.store.getUnsavedMemory() > MAX_UNSAVED_BYTES) {
      commit(now);
    }
  }

  private void commit(Open now) {
    commitLock.writeLock().lock();
    try {
      now.store.commit();
    } catch (MVStoreException e) {
      throw failed(now, e);
    } finally {
      commitLock.writeLock().unlock();
    }
  }

  /**
   * Syncs all earlier writes to disk. Blocks.
   *
   * @throws IOException when the sync failed or its outcome is not known
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
    } catch (TemporaryError | MVStoreException e) {
      TemporaryError refused =
          e instanceof MVStoreException failure ? failed(now, failure) : (TemporaryError) e;
      throw new IOException(refused.getMessageWithoutErrorCode(), e);
    }
    String gone = file.gone();
    if (gone != null) {
      setTrouble(gone);
      throw new IOException(gone);
    }
    file.writeState(now.store);
  }

  /**
   * Checks the file and the disk space, and compacts the file a little; after a failure tries to
   * recover. Blocks.
   */
  public void maintain() {
    if (trouble != null) {
      recover();
    } else if (checkFile()) {
      compact(open);
    }
  }

  /** Whether the file exists and the disk has space; sets the trouble otherwise. */
  private boolean checkFile() {
    String reason = file.obstacle();
    if (reason != null) {
      setTrouble(reason);
    }
    return reason == null;
  }

  /** Rewrites chunks that are nearly empty, a few MiB at a time. */
  private void compact(Open now) {
    commitLock.writeLock().lock();
    try {
      if (now.store.isClosed()) {
        return;
      }
      if (now.store.compact(MIN_FILL_PERCENT, COMPACTION_BYTES)) {
        now.store.commit();
        now.store.sync();
      }
    } catch (MVStoreException e) {
      TemporaryError unused = failed(now, e);
    } finally {
      commitLock.writeLock().unlock();
    }
  }

  /**
   * Writes a consistent backup while the store is in use. Blocks.
   *
   * @return the number of entries
   */
  public long backup(Path target) throws IOException {
    Open now = open;
    MVStore.TxCounter reading = now.store.registerVersionUsage();
    try {
      Map<String, Cursor<?, ?>> snapshot;
      commitLock.writeLock().lock();
      try {
        snapshot = Backup.snapshot(now.store);
      } finally {
        commitLock.writeLock().unlock();
      }
      return Backup.write(snapshot, target);
    } finally {
      now.store.deregisterVersionUsage(reading);
    }
  }

  private synchronized void recover() {
    String reason = file.obstacle();
    if (reason == null) {
      reason = reopen();
    }
    if (reason == null) {
      trouble = null;
      LOG.info("embedded database accepts writes again");
    } else {
      trouble = reason;
    }
  }

  /** Why a write still fails; null when one succeeded. */
  private @Nullable String reopen() {
    commitLock.writeLock().lock();
    try {
      if (open.store.isClosed() || open.store.isReadOnly()) {
        open.store.closeImmediately();
        MVStore store = file.reopen();
        open = new Open(store, new EmbeddedBackend(store));
      }
      file.probe(open.store);
      return null;
    } catch (MVStoreException e) {
      return DataFile.reason(e);
    } catch (IOException e) {
      return Objects.requireNonNullElse(e.getMessage(), "It cannot be opened.");
    } finally {
      commitLock.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    commitLock.writeLock().lock();
    try {
      if (!open.store.isClosed()) {
        file.close(open.store);
      }
    } finally {
      commitLock.writeLock().unlock();
    }
  }
}
