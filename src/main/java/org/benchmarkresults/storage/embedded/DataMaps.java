package org.benchmarkresults.storage.embedded;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

/**
 * The maps of one collection.
 *
 * @param rows documents without long data, in the order of their first receipt and then of their ids
 * @param ids the key of the row of each id
 * @param data long data by its number, which only ever grows
 */
record DataMaps(
    MVMap<KeyBytes, byte[]> rows, MVMap<KeyBytes, KeyBytes> ids, MVMap<Long, byte[]> data) {
  static final String ROWS = "rows.";
  static final String IDS = "ids.";
  static final String DATA = "data.";

  static DataMaps open(MVStore store, String namespace) {
    return new DataMaps(
        store.openMap(
            ROWS + namespace,
            new MVMap.Builder<KeyBytes, byte[]>()
                .keyType(KeyBytesType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE)),
        store.openMap(
            IDS + namespace,
            new MVMap.Builder<KeyBytes, KeyBytes>()
                .keyType(KeyBytesType.INSTANCE)
                .valueType(KeyBytesType.INSTANCE)),
        store.openMap(
            DATA + namespace,
            new MVMap.Builder<Long, byte[]>()
                .keyType(LongDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE)));
  }

  static void remove(MVStore store, String namespace) {
    store.removeMap(ROWS + namespace);
    store.removeMap(IDS + namespace);
    store.removeMap(DATA + namespace);
  }
}
