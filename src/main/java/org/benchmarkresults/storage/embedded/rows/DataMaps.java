package org.benchmarkresults.storage.embedded.rows;

import java.nio.ByteBuffer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

/**
 * The maps of one collection.
 *
 * @param rows documents without long data, in the order of their first receipt and then of their
 *     ids
 * @param ids the key of the row of each id
 * @param data long data by its number, which only ever grows
 */
public record DataMaps(
    MVMap<KeyBytes, byte[]> rows, MVMap<KeyBytes, KeyBytes> ids, MVMap<Long, byte[]> data) {
  static final String ROWS = "rows.";
  static final String IDS = "ids.";
  static final String DATA = "data.";

  public static DataMaps open(MVStore store, String namespace) {
    return new DataMaps(
        openRows(store, ROWS + namespace),
        openIds(store, IDS + namespace),
        openData(store, DATA + namespace));
  }

  private static MVMap<KeyBytes, byte[]> openRows(MVStore store, String name) {
    return store.openMap(
        name,
        new MVMap.Builder<KeyBytes, byte[]>()
            .keyType(KeyBytesType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  private static MVMap<KeyBytes, KeyBytes> openIds(MVStore store, String name) {
    return store.openMap(
        name,
        new MVMap.Builder<KeyBytes, KeyBytes>()
            .keyType(KeyBytesType.INSTANCE)
            .valueType(KeyBytesType.INSTANCE));
  }

  private static MVMap<Long, byte[]> openData(MVStore store, String name) {
    return store.openMap(
        name,
        new MVMap.Builder<Long, byte[]>()
            .keyType(LongDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** A map by its whole name, also one that is of no collection. */
  public static MVMap<?, ?> openAny(MVStore store, String name) {
    if (name.startsWith(ROWS)) {
      return openRows(store, name);
    }
    if (name.startsWith(IDS)) {
      return openIds(store, name);
    }
    return name.startsWith(DATA) ? openData(store, name) : store.openMap(name);
  }

  public static boolean isOfCollection(String name) {
    return name.startsWith(ROWS) || name.startsWith(IDS) || name.startsWith(DATA);
  }

  /** Puts an entry of a backup into the map that it is of. */
  public static void put(MVStore store, String name, byte[] key, byte[] value) {
    if (name.startsWith(ROWS)) {
      Checksum.check(value);
      openRows(store, name).put(new KeyBytes(key), value);
    } else if (name.startsWith(IDS)) {
      openIds(store, name).put(new KeyBytes(key), new KeyBytes(value));
    } else if (name.startsWith(DATA)) {
      Checksum.check(value);
      openData(store, name).put(ByteBuffer.wrap(key).getLong(), value);
    } else {
      throw new IllegalArgumentException(name + " is no map of a collection");
    }
  }

  static void remove(MVStore store, String namespace) {
    store.removeMap(ROWS + namespace);
    store.removeMap(IDS + namespace);
    store.removeMap(DATA + namespace);
  }
}
