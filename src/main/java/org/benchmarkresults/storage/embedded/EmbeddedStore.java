package org.benchmarkresults.storage.embedded;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
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
  private static final int OUT_OF_DISK_SPACE = 14031;
  private static final int MOST_UNSAVED_BYTES = 4 << 20;
  private static final Set<String> CHANGES =
      Set.of(
          "insert", "update", "delete", "findandmodify", "create", "createindexes", "drop",
          "dropindexes", "dropdatabase");

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
    return new EmbeddedStore(file, file.open());
  }

  /** The server's side of it. */
  public MongoBackend server() {
    return new GuardedBackend(this);
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

  private static MongoServerError unavailable(String reason) {
    return new MongoServerError(OUT_OF_DISK_SPACE, "OutOfDiskSpace", reason);
  }

  private MongoServerError failed(Open when, MVStoreException failure) {
    String reason = file.reason(failure);
    if (when.store == open.store) {
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
    } catch (MongoServerError | MVStoreException e) {
      String why = e instanceof MVStoreException f ? failed(now, f).getMessageWithoutErrorCode() : e.getMessage();
      throw new IOException(why, e);
    }
    String gone = file.gone();
    if (gone != null) {
      remember(gone);
      throw new IOException(gone);
    }
    file.written(now.store);
  }

  /** Keeps the file in order; in trouble tries whether it is over. Blocks. */
  public void tend() {
    if (trouble != null) {
      recover();
    }
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
        open.store.close();
      }
    } finally {
      changing.writeLock().unlock();
    }
  }
}
