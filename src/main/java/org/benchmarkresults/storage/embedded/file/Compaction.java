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
 * Copies what a store holds into a new file. H2 can also move the parts of a file in place; that
 * failed its own assertions in tests, and a copy leaves the old file as it is until the new one is
 * whole.
 */
final class Compaction {
  private static final int WORTH_IT_PERCENT = 60;
  private static final long SMALL = 1L << 20;
  private static final Duration LONGEST = Duration.ofSeconds(6);
  private static final int MOST_UNSAVED_BYTES = 8 << 20;

  private Compaction() {}

  /** Whether much of the file is empty, and there is room for a copy of the rest. */
  static boolean isWorthIt(MVStore store, Path folder) {
    long size = store.getFileStore().size();
    int used = store.getFileStore().getFillRate() * store.getFileStore().getChunksFillRate() / 100;
    return size > SMALL
        && used < WORTH_IT_PERCENT
        && folder.toFile().getUsableSpace() > size / 100 * used + SMALL;
  }

  /**
   * Writes the copy, under an id of its own.
   *
   * @return its version; below 0 when that took too long, and there is no copy
   */
  static long copy(MVStore store, Path target, String id) throws IOException {
    Files.deleteIfExists(target);
    long deadline = System.nanoTime() + LONGEST.toNanos();
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
      if (copy.getUnsavedMemory() > MOST_UNSAVED_BYTES) {
        copy.commit();
        if (System.nanoTime() > deadline) {
          return false;
        }
      }
    }
    return true;
  }
}
