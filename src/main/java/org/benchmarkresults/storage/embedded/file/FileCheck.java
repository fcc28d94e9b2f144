package org.benchmarkresults.storage.embedded.file;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.benchmarkresults.storage.embedded.rows.DataMaps;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.Page;

/**
 * Verifies all pages of a store: inner pages by reading them, leaves by the check value in their
 * header, and by reading them when that does not match. Takes some 10 ms for 100 MB.
 */
final class FileCheck {
  private static final int BLOCK = 4096;
  private static final int HEADER_BYTES = Integer.BYTES + Short.BYTES;

  private final FileStore<?> file;
  private final Map<Integer, Long> chunkStarts = new HashMap<>();

  private FileCheck(MVStore store) {
    file = store.getFileStore();
    store
        .getLayoutMap()
        .forEach(
            (name, text) -> {
              if (name.startsWith("chunk.")) {
                Map<String, String> chunk = DataUtils.parseMap(text);
                chunkStarts.put(
                    Integer.parseInt(name.substring("chunk.".length()), 16),
                    Long.parseLong(chunk.getOrDefault("block", "0"), 16) * BLOCK);
              }
            });
  }

  /** Fails with a {@link MVStoreException} when a page is missing or damaged. */
  static void run(MVStore store) {
    FileCheck check = new FileCheck(store);
    for (String name : store.getMapNames()) {
      check.pages(DataMaps.openAny(store, name).getRootPage());
    }
  }

  private void pages(Page<?, ?> page) {
    if (page.isLeaf()) {
      return;
    }
    for (int i = 0; i <= page.getKeyCount(); i++) {
      long position = page.getChildPagePos(i);
      Long chunk = chunkStarts.get(DataUtils.getPageChunkId(position));
      // The layout map does not list the chunk that contains it.
      if (DataUtils.isLeafPosition(position) && chunk != null) {
        if (!isHeaderValid(position, chunk)) {
          Page<?, ?> unused = page.getChildPage(i);
        }
      } else {
        pages(page.getChildPage(i));
      }
    }
  }

  private boolean isHeaderValid(long position, long start) {
    int chunk = DataUtils.getPageChunkId(position);
    int offset = DataUtils.getPageOffset(position);
    if (start + offset + HEADER_BYTES > file.size()) {
      return false;
    }
    ByteBuffer header = file.readFully(null, start + offset, HEADER_BYTES);
    int length = header.getInt();
    int expected =
        DataUtils.getCheckValue(chunk)
            ^ DataUtils.getCheckValue(offset)
            ^ DataUtils.getCheckValue(length);
    return length >= HEADER_BYTES && header.getShort() == (short) expected;
  }
}
