package org.benchmarkresults.storage.embedded.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.benchmarkresults.storage.embedded.rows.DataMaps;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Compacts a store by copying it to a new file. H2's compaction in place failed its own assertions
 * in tests, and a copy leaves the old file intact until the new one is complete.
 */
final class Compaction {
  private static final int MAX_FILL_PERCENT = 60;
  private static final long MIN_BYTES = 1L << 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(6);
  private static final int MAX_UNSAVED_BYTES = 8 << 20;

  private Compaction() {}

  /** Whether much of the file is unused and the disk has space for a copy of the rest. */
  static boolean isWorthIt(MVStore store, Path folder) {
    long size = store.getFileStore().size();
    int used = store.getFileStore().getFillRate() * store.getFileStore().getChunksFillRate() / 100;
    return size > MIN_BYTES
        && used < MAX_FILL_PERCENT
        && folder.toFile().getUsableSpace() > size / 100 * used + MIN_BYTES;
  }

  /**
   * Writes the copy.
   *
   * @param id the id of the copy
   * @return the version of the copy; below 0 when it took too long and was abandoned
   */
  static long copy(MVStore store, Path target, String id) throws IOException {
    Files.deleteIfExists(target);
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    try (MVStore copy =
        new MVStore.Builder()
            .fileName(target.toString())
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .open()) {
      for (String name : store.getMapNames()) {
        if (!copy(DataMaps.openAny(store, name), DataMaps.openAny(copy, name), copy, deadline)) {
          copy.closeImmediately();
          Files.deleteIfExists(target);
          return -1;
        }
      }
      copy.<String, String>openMap(DataFile.SERVICE).put(DataFile.ID, id);
      copy.commit();
      copy.sync();
      return DataFile.version(copy);
    }
  }

  private static <K, V> boolean copy(
      MVMap<K, V> from, MVMap<?, ?> to, MVStore copy, long deadline) {
    @SuppressWarnings("unchecked") // opened by the same name
    MVMap<K, V> target = (MVMap<K, V>) to;
    Cursor<K, V> cursor = from.cursor(null);
    while (cursor.hasNext()) {
      K key = cursor.next();
      target.append(key, cursor.getValue());
      if (copy.getUnsavedMemory() > MAX_UNSAVED_BYTES) {
        copy.commit();
        if (System.nanoTime() > deadline) {
          return false;
        }
      }
    }
    return true;
  }
}
