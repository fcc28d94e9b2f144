package org.benchmarkresults.storage.embedded.file;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.UUID;
import org.benchmarkresults.storage.embedded.rows.Checksum;
import org.benchmarkresults.storage.embedded.rows.DataMaps;
import org.benchmarkresults.storage.embedded.rows.IdIndex;
import org.benchmarkresults.storage.embedded.rows.KeyBytes;
import org.benchmarkresults.storage.embedded.rows.OrderedBytes;
import org.benchmarkresults.storage.embedded.rows.Row;
import org.benchmarkresults.storage.embedded.rows.RowSearch;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Upgrades a file of release 0.1.0, where mongo-java-server stored whole documents, to the present
 * layout. An interrupted upgrade starts again at the next start.
 */
final class Upgrade {
  private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);
  private static final String DOCUMENTS = "databases.";
  private static final String META = "meta.";
  private static final int MAX_UNSAVED_BYTES = 8 << 20;

  private final MVStore store;

  private Upgrade(MVStore store) {
    this.store = store;
  }

  static void run(MVStore store) {
    List<String> namespaces =
        store.getMapNames().stream()
            .filter(name -> name.startsWith(DOCUMENTS))
            .map(name -> name.substring(DOCUMENTS.length()))
            .toList();
    if (namespaces.isEmpty()) {
      return;
    }
    LOG.info("embedded database: upgrading the file layout");
    Upgrade upgrade = new Upgrade(store);
    long documents = namespaces.stream().mapToLong(upgrade::copy).sum();
    namespaces.forEach(upgrade::removeOld);
    store.commit();
    store.sync();
    LOG.atInfo().addKeyValue("documents", documents).log("embedded database: file layout upgraded");
  }

  private long copy(String namespace) {
    DataMaps maps = DataMaps.open(store, namespace);
    maps.rows().clear();
    maps.ids().clear();
    maps.data().clear();
    MVMap<Object, Document> old = store.openMap(DOCUMENTS + namespace);
    long number = 0;
    for (Document document : old.values()) {
      long dataNumber = 0;
      byte[] data = Row.dataApart(document);
      if (data != null) {
        dataNumber = ++number;
        maps.data().append(dataNumber, Checksum.before(data));
      }
      KeyBytes key = key(namespace, document);
      maps.rows().put(key, Row.bytes(document, dataNumber));
      if (document.containsKey(IdIndex.ID)) {
        maps.ids().put(OrderedBytes.of(document.get(IdIndex.ID)), key);
      }
      if (store.getUnsavedMemory() > MAX_UNSAVED_BYTES) {
        store.commit();
      }
    }
    return old.sizeAsLong();
  }

  private static KeyBytes key(String namespace, Document document) {
    Object id =
        namespace.endsWith(".system.namespaces")
            ? document.get("name")
            : document.containsKey(IdIndex.ID) ? document.get(IdIndex.ID) : UUID.randomUUID();
    return RowSearch.key(document.get(RowSearch.FIRST_RECEIVED_AT), OrderedBytes.of(id));
  }

  private void removeOld(String namespace) {
    List<String> indexes =
        store.getMapNames().stream()
            .filter(name -> name.startsWith(namespace + "._index_"))
            .toList();
    indexes.forEach(store::removeMap);
    store.removeMap(META + namespace);
    store.removeMap(DOCUMENTS + namespace);
  }
}
